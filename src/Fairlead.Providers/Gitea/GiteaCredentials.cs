using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Gitea;

/// <summary>What an access token is worth: who it is, what it may do, and how git uses it.</summary>
internal sealed class GiteaCredentials(Outside outside)
{
    /// <summary>
    /// No repository can have this name, so a change of it reaches the check of the scope and then nothing.
    /// </summary>
    private const string NoRepository = "repos/fairlead/-/statuses/0000000000000000000000000000000000000000";

    /// <summary>
    /// A token cannot be narrowed, so a job gets it as it is, marked as static. Any user name will do.
    /// </summary>
    public static GitCredential ForGit(Target target) =>
        target.SecretOf(GiteaForm.Token) is { } token
            ? new GitCredential("fairlead", token, null, Static: true, ExpiresAt: null)
            : GitCredential.Anonymous;

    public Task<Outcome<PrivilegeReport>> Explain(Target target, CancellationToken cancel) =>
        GiteaApi.Ask(outside, target, api => Explain(api, cancel));

    public async Task<Verdict> Verify(Target target, CancellationToken cancel)
    {
        using var api = GiteaApi.Open(outside, target);
        return HostVerdict.Of(await Explain(api, cancel), api.Rest);
    }

    /// <summary>
    /// Newer hosts name all scopes of a token when they refuse it for want of one, so something is asked for that no
    /// token of ours should have. Others are tried with one request for each scope.
    /// </summary>
    private static async Task<Outcome<PrivilegeReport>> Explain(GiteaApi api, CancellationToken cancel)
    {
        if (!(await api.User(cancel)).Try(out var user, out var failure))
            return failure;
        var login = user.Login ?? "";
        var (mayAdminister, broken) = await Has(api, HttpMethod.Get, "admin/cron?limit=1", cancel);
        if (broken is not null)
            return broken;
        if (api.Refusals.Held is { } held)
            return GiteaScopes.Told(login, held);
        (var mayRead, broken) = await Has(api, HttpMethod.Get, "user/repos?limit=1", cancel);
        if (broken is not null)
            return broken;
        (var mayWrite, broken) = await Has(api, HttpMethod.Post, NoRepository, cancel);
        if (broken is not null)
            return broken;
        List<string> found = [GiteaScopes.ReadUser];
        if (mayWrite || mayRead)
            found.Add(mayWrite ? GiteaScopes.WriteCode : GiteaScopes.ReadCode);
        if (mayAdminister)
            found.Add("read:admin");
        return GiteaScopes.Tried(login, found);
    }

    /// <summary>
    /// Any answer but one for want of a scope came from behind the check; a host that fails tells nothing.
    /// </summary>
    private static async Task<(bool, Failure?)> Has(
        GiteaApi api,
        HttpMethod method,
        string path,
        CancellationToken cancel
    )
    {
        var failure = (await api.Try(method, path, cancel)).Failure;
        return failure is { Retry: Retry.Later }
            ? (false, failure)
            : (failure is null || !api.Refusals.WantedScope, null);
    }
}
