using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHub;

/// <summary>Where one site's pages, git and API are (facts/codehosts.md 3.1).</summary>
/// <param name="Web">Without a slash at the end.</param>
/// <param name="Api">With one.</param>
internal sealed partial record GitHubSite(string Web, Uri Api)
{
    public const string Public = "https://github.com";

    public static Outcome<GitHubSite> Of(Target target) => Parse(target.Setting(GitHubForm.Url));

    /// <param name="typed">Null for github.com.</param>
    public static Outcome<GitHubSite> Parse(string? typed)
    {
        if (!GitUrl.Parse(typed ?? Public).Try(out var url, out var failure))
            return failure;
        if (url.IsSsh || url.Path.Trim('/').Length > 0)
            return GitHubFailures.NotASite;
        var host = url.Host is "www.github.com" or "api.github.com" ? "github.com" : url.Host;
        var web = (url with { Host = host, Path = "" }).ToString();
        return new GitHubSite(web, new Uri(IsCloud(host) ? $"https://api.{host}/" : $"{web}/api/v3/"));
    }

    public Outcome<RepositoryAddress> Locate(Target target, string repository) =>
        Name().IsMatch(repository) ? HostGit.Address(Web, repository, target) : GitHubFailures.Repository;

    private static bool IsCloud(string host) => host == "github.com" || host.EndsWith(".ghe.com");

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}/(?!\.\.?$)[A-Za-z0-9_.][A-Za-z0-9._-]{0,99}$")]
    private static partial Regex Name();
}
