using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketCloud;

/// <summary>What a token is worth: who it is, what it may do, and how git uses it.</summary>
internal sealed class BitbucketCredentials(Outside outside)
{
    /// <summary>A person's, made by hand or granted; else it belongs to nobody.</summary>
    public static bool IsPersons(Target target) =>
        target.IsGranted || target.Setting(BitbucketForm.Auth) != BitbucketForm.ByAccess;

    /// <summary>It signs in with the person's address beside it.</summary>
    public static bool NeedsEmail(Target target) => IsPersons(target) && !target.IsGranted;

    /// <summary>
    /// The host mints nothing narrower, so a job gets the token as it is, marked as static. Git takes another name
    /// beside it than the API does (facts/codehosts.md 1, finding 3).
    /// </summary>
    public static GitCredential ForGit(Target target) =>
        target.SecretOf(BitbucketForm.Token) is { } token
            ? new GitCredential(
                NeedsEmail(target) ? "x-bitbucket-api-token-auth" : "x-token-auth",
                token,
                null,
                Static: true,
                ExpiresAt: null
            )
            : GitCredential.Anonymous;

    public Task<Outcome<PrivilegeReport>> Explain(Target target, CancellationToken cancel) =>
        BitbucketApi.Ask(outside, target, api => Explain(api, target, cancel));

    public async Task<Verdict> Verify(Target target, CancellationToken cancel)
    {
        using var api = BitbucketApi.Open(outside, target);
        return HostVerdict.Of(await Explain(api, target, cancel), api.Rest);
    }

    /// <summary>
    /// Every answer tells the scopes, a refusal for want of one too: a token need not be allowed to tell who it is.
    /// </summary>
    private static async Task<Outcome<PrivilegeReport>> Explain(
        BitbucketApi api,
        Target target,
        CancellationToken cancel
    )
    {
        var self = await api.Self(cancel);
        if (self.Failure is { } refused && (refused.Code != RestFailures.NotAllowedCode || api.Refusals.Held is null))
            return refused;
        var held = self.Ok ? BitbucketScopes.Of(self.Value.Header(BitbucketScopes.Header)) : api.Refusals.Held;
        var isPerson = IsPersons(target);
        var identity = isPerson ? target.Setting(BitbucketForm.Email) ?? "" : TokenOf(target, self);
        if (isPerson && self.Ok)
        {
            if (!api.Rest.Parse<WireUser>(self.Value).Try(out var user, out var odd))
                return odd;
            identity = user.Name;
        }
        var lists = target.Setting(BitbucketForm.Workspace) is null;
        return BitbucketScopes.Report(identity, held, NeedsEmail(target), lists);
    }

    /// <summary>Recorded as <c>repo_access_token</c>; it belongs to nobody whose name could be said.</summary>
    private static string TokenOf(Target target, Outcome<RestAnswer> self)
    {
        var kind = self.Ok ? self.Value.Header("x-credential-type") ?? "" : "";
        var of =
            kind.StartsWith("repo") ? "a repository"
            : kind.StartsWith("project") ? "a project"
            : kind.StartsWith("workspace") ? "the workspace"
            : "something";
        return $"access token of {of} in {target.Setting(BitbucketForm.Workspace)}";
    }
}
