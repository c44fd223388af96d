using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Codeup;

/// <summary>
/// Where one edition's pages, git and API are (facts/alibaba.md D1, D3). The central edition has its API at a host of
/// its own, and everything below an organization; a region edition has all at one host, and no organizations.
/// </summary>
/// <param name="Web">Its pages; without a slash at the end.</param>
/// <param name="Git">What repositories are below; without a slash at the end.</param>
/// <param name="Api">With a slash at the end.</param>
/// <param name="Organization">The central edition's; null for a region edition.</param>
internal sealed partial record CodeupSite(string Web, string Git, Uri Api, string? Organization)
{
    public const string Central = "https://codeup.aliyun.com";

    private const string CentralApi = "https://openapi-rdc.aliyuncs.com/oapi/v1/";

    public static Outcome<CodeupSite> Of(Target target) =>
        Parse(target.Setting(CodeupForm.Url), target.Setting(CodeupForm.Organization));

    /// <param name="typed">Null for the central edition; its address may name the organization.</param>
    /// <param name="organization">With another address, one that is reached as the central edition is.</param>
    public static Outcome<CodeupSite> Parse(string? typed, string? organization)
    {
        if (!GitUrl.Parse(typed ?? Central).Try(out var url, out var failure))
            return failure with { Field = CodeupForm.Url };
        if (url.IsSsh || url.Path.EndsWith(".git", StringComparison.Ordinal) || url.Path.Contains('%'))
            return CodeupFailures.NotASite;
        if (organization is not null && !Id().IsMatch(organization))
            return CodeupFailures.OrganizationOdd;
        return url.Host is "codeup.aliyun.com" or "openapi-rdc.aliyuncs.com"
            ? OfCentral(url, organization)
            : OfAnother(url, organization);
    }

    public Outcome<RepositoryAddress> Locate(Target target, string repository) =>
        Check(repository).Then(name => HostGit.Address(Git, name, target));

    /// <summary>The name, when it is one: groups of any depth, then the repository.</summary>
    public static Outcome<string> Check(string repository) =>
        repository.Length <= 1000 && Name().IsMatch("/" + repository) ? repository : CodeupFailures.Repository;

    /// <summary>A path of the code API: below the organization where there is one.</summary>
    public string Code(string path) =>
        Organization is null ? $"codeup/{path}" : $"codeup/organizations/{Organization}/{path}";

    /// <summary>What the API calls the repository: its path begins with the organization.</summary>
    public string FullPath(string name) => Organization is null ? name : $"{Organization}/{name}";

    /// <summary>What we call it: the organization says nothing within a connection.</summary>
    public string NameOf(string fullPath) =>
        Organization is not null && fullPath.StartsWith(Organization + "/", StringComparison.Ordinal)
            ? fullPath[(Organization.Length + 1)..]
            : fullPath;

    private static Outcome<CodeupSite> OfCentral(GitUrl url, string? organization)
    {
        var named = url.Host == "codeup.aliyun.com" ? url.Path.Trim('/') : "";
        if (named.Contains('/') || (named.Length > 0 && organization is not null && named != organization))
            return CodeupFailures.NotASite;
        organization ??= named.Length > 0 ? named : null;
        if (organization is null)
            return CodeupFailures.OrganizationMissing;
        return Id().IsMatch(organization)
            ? new CodeupSite(Central, $"{Central}/{organization}", new Uri(CentralApi), organization)
            : CodeupFailures.NotASite;
    }

    private static Outcome<CodeupSite> OfAnother(GitUrl url, string? organization)
    {
        var path = url.Path;
        foreach (var end in new[] { "/oapi/v1", "/codeup" })
            path = path.EndsWith(end, StringComparison.Ordinal) ? path[..^end.Length] : path;
        var web = (url with { Path = path }).ToString();
        return new CodeupSite(web, $"{web}/{organization ?? "codeup"}", new Uri($"{web}/oapi/v1/"), organization);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,64}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\A(/(?!\.{1,2}(/|\z))[A-Za-z0-9_.][A-Za-z0-9_.-]{0,254})+\z")]
    private static partial Regex Name();
}
