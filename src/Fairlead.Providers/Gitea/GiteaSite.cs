using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Gitea;

/// <summary>Where one site's pages, git and API are; a site may begin below a path of its host.</summary>
/// <param name="Web">Without a slash at the end.</param>
/// <param name="Api">With one.</param>
internal sealed partial record GiteaSite(string Web, Uri Api)
{
    private const string ApiPath = "/api/v1";

    public static Outcome<GiteaSite> Of(Target target) => Parse(target.Setting(GiteaForm.Url));

    /// <param name="typed">The API's own address is taken for the site's.</param>
    public static Outcome<GiteaSite> Parse(string? typed)
    {
        if (typed is null)
            return GiteaFailures.NotASite;
        if (!GitUrl.Parse(typed).Try(out var url, out var failure))
            return failure with { Field = GiteaForm.Url };
        if (url.IsSsh)
            return GiteaFailures.NotASite;
        var path = url.Path.EndsWith(ApiPath) ? url.Path[..^ApiPath.Length] : url.Path;
        var web = (url with { Path = path }).ToString();
        return new GiteaSite(web, new Uri($"{web}{ApiPath}/"));
    }

    public Outcome<RepositoryAddress> Locate(Target target, string repository) =>
        Name().IsMatch(repository) ? HostGit.Address(Web, repository, target) : GiteaFailures.Repository;

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}/(?!\.{1,2}$)[A-Za-z0-9_.][A-Za-z0-9._-]{0,99}$")]
    private static partial Regex Name();
}
