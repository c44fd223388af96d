using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketDataCenter;

/// <summary>Where one site's pages, git and API are; a site may begin below a path of its host.</summary>
/// <param name="Web">Without a slash at the end.</param>
/// <param name="Api">With one.</param>
internal sealed partial record DataCenterSite(string Web, Uri Api)
{
    public static Outcome<DataCenterSite> Of(Target target) => Parse(target.Setting(DataCenterForm.Url));

    /// <param name="typed">The address of a page or of the API is taken for the site's.</param>
    public static Outcome<DataCenterSite> Parse(string? typed)
    {
        if (typed is null)
            return DataCenterFailures.NotASite;
        if (!GitUrl.Parse(typed).Try(out var url, out var failure))
            return failure with { Field = DataCenterForm.Url };
        if (url.IsSsh)
            return DataCenterFailures.NotASite;
        var web = (url with { Path = Inside().Replace(url.Path, "").TrimEnd('/') }).ToString();
        return new DataCenterSite(web, new Uri($"{web}/rest/api/latest/"));
    }

    /// <summary>Git's addresses are in lower case, as the host itself shows them.</summary>
    public Outcome<RepositoryAddress> Locate(Target target, string repository) =>
        Name().IsMatch(repository)
            ? HostGit.Address($"{Web}/scm", repository.ToLowerInvariant(), target)
            : DataCenterFailures.Repository;

    /// <summary>Below the API's base. The name was checked before.</summary>
    public static string PathOf(string repository)
    {
        var slash = repository.IndexOf('/', StringComparison.Ordinal);
        return $"projects/{repository[..slash]}/repos/{repository[(slash + 1)..]}";
    }

    [GeneratedRegex("/(rest|projects|users|scm|dashboard|login)(/.*)?$")]
    private static partial Regex Inside();

    private const string Key = "([A-Za-z][A-Za-z0-9_]{0,127}|~[A-Za-z0-9_][A-Za-z0-9._-]{0,127})";
    private const string Slug = @"(?!\.{1,2}$)[A-Za-z0-9_.][A-Za-z0-9._-]{0,127}";

    [GeneratedRegex($"^{Key}/{Slug}$")]
    private static partial Regex Name();
}
