using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketCloud;

/// <summary>Where pages, git and API are (facts/codehosts.md 5).</summary>
/// <param name="Web">Without a slash at the end.</param>
/// <param name="Api">With one.</param>
internal sealed partial record BitbucketSite(string Web, Uri Api)
{
    public const string Public = "https://bitbucket.org";

    private static readonly Uri PublicApi = new("https://api.bitbucket.org/2.0/");

    public static Outcome<BitbucketSite> Of(Target target) => Parse(target.Setting(BitbucketForm.Url));

    /// <param name="typed">Null for the public site.</param>
    public static Outcome<BitbucketSite> Parse(string? typed)
    {
        if (!GitUrl.Parse(typed ?? Public).Try(out var url, out var failure))
            return failure with { Field = BitbucketForm.Url };
        if (url.Host is "bitbucket.org" or "www.bitbucket.org" or "api.bitbucket.org")
            return IsBare(url) ? new BitbucketSite(Public, PublicApi) : BitbucketFailures.NotASite;
        if (!IsBare(url))
            return BitbucketFailures.NotASite;
        var web = (url with { Path = "" }).ToString();
        return new BitbucketSite(web, new Uri($"{web}/2.0/"));
    }

    public static bool IsWorkspace(string name) => WorkspaceName().IsMatch(name);

    public Outcome<RepositoryAddress> Locate(Target target, string repository) =>
        Name().IsMatch(repository) ? HostGit.Address(Web, repository, target) : BitbucketFailures.Repository;

    private static bool IsBare(GitUrl url) => !url.IsSsh && url.Path.Trim('/') is "" or "2.0";

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_-]{0,99}$")]
    private static partial Regex WorkspaceName();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_-]{0,99}/(?!\.{1,2}$)[A-Za-z0-9_.][A-Za-z0-9._-]{0,99}$")]
    private static partial Regex Name();
}
