using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitLab;

/// <summary>Where one site's pages, git and API are; a site may lie below a path (facts/codehosts.md 4.1).</summary>
/// <param name="Web">Without a slash at the end.</param>
/// <param name="Api">With one.</param>
internal sealed partial record GitLabSite(string Web, Uri Api)
{
    public const string Public = "https://gitlab.com";

    private const string ApiPath = "/api/v4";

    public static Outcome<GitLabSite> Of(Target target) => Parse(target.Setting(GitLabForm.Url));

    /// <param name="typed">Null for gitlab.com.</param>
    public static Outcome<GitLabSite> Parse(string? typed)
    {
        if (!GitUrl.Parse(typed ?? Public).Try(out var url, out var failure))
            return failure;
        var path = url.Path.EndsWith(ApiPath, StringComparison.Ordinal) ? url.Path[..^ApiPath.Length] : url.Path;
        if (url.IsSsh || path.EndsWith(".git") || path.Contains('%') || (url.Host == "gitlab.com" && path.Length > 0))
            return GitLabFailures.NotASite;
        var web = (url with { Path = path }).ToString();
        return new GitLabSite(web, new Uri($"{web}{ApiPath}/"));
    }

    public Outcome<RepositoryAddress> Locate(Target target, string repository) =>
        Check(repository).Then(name => HostGit.Address(Web, name, target));

    /// <summary>The name, when it is one: groups of any depth, then the project.</summary>
    public static Outcome<string> Check(string repository) =>
        repository.Length <= 1000 && Name().IsMatch(repository) ? repository : GitLabFailures.Repository;

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}(/[A-Za-z0-9_][A-Za-z0-9_.-]{0,254})+\z")]
    private static partial Regex Name();
}
