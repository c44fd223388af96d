using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketDataCenter;

/// <summary>What an HTTP access token is worth: who it is, what it may do, and how git uses it.</summary>
internal sealed class DataCenterCredentials(Outside outside)
{
    private const string Read = "REPO_READ";
    private const string Admin = "REPO_ADMIN";
    private const string ProjectAdmin = "PROJECT_ADMIN";

    public static readonly IReadOnlyList<PrivilegeNeed> Needs =
    [
        new([Read], "code cannot be read"),
        new([Admin], "hooks cannot be registered"),
    ];

    /// <summary>
    /// A token cannot make a narrower one, so a job gets it as it is, marked as static. Those of projects and
    /// repositories go by themselves only, those of people as well (facts/codehosts.md 2.7).
    /// </summary>
    public static GitCredential ForGit(Target target) =>
        target.SecretOf(DataCenterForm.Token) is { } token
            ? new GitCredential(null, token, null, Static: true, ExpiresAt: null)
            : GitCredential.Anonymous;

    public Task<Outcome<PrivilegeReport>> Explain(Target target, CancellationToken cancel) =>
        DataCenterApi.Ask(outside, target, api => Explain(api, cancel));

    public async Task<Verdict> Verify(Target target, CancellationToken cancel)
    {
        using var api = DataCenterApi.Open(outside, target);
        return HostVerdict.Of(await Explain(api, cancel), api.Rest);
    }

    /// <summary>
    /// The host does not tell, but lists what one has a permission for. Where it lists nothing to read, nothing can be
    /// said of the rest either.
    /// </summary>
    private static async Task<Outcome<PrivilegeReport>> Explain(DataCenterApi api, CancellationToken cancel)
    {
        var found = new List<string>();
        var identity = "";
        foreach (var (list, permission) in new[] { ("repos", Read), ("repos", Admin), ("projects", ProjectAdmin) })
        {
            if (!(await api.One(list, permission, cancel)).Try(out var answer, out var failure))
                return failure;
            if (!api.Rest.Parse<WirePage<WireAny>>(answer).Try(out var page, out failure))
                return failure;
            if (answer.Header(DataCenterRefusals.User) is not { Length: > 0 } user)
                return RestFailures.LoginRefused(answer.Url.IdnHost);
            identity = Uri.UnescapeDataString(user);
            if (page.Values is { Count: > 0 })
                found.Add(permission);
        }
        return found.Contains(Read)
            ? PrivilegeReport.Of(identity, found, Needs, expiresAt: null) with
            {
                HostTells = false,
            }
            : new PrivilegeReport(identity) { HostTells = false };
    }
}
