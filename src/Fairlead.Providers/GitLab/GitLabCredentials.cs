using System.Globalization;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitLab;

/// <summary>What a token is worth: who it is, what it may do, until when, and how git uses it.</summary>
internal sealed class GitLabCredentials(Outside outside)
{
    /// <summary>What our uses need (facts/codehosts.md 4.1). The role in each project comes on top.</summary>
    public static readonly IReadOnlyList<PrivilegeNeed> Needs =
    [
        new(["read_repository", "write_repository", "api"], "code cannot be read"),
        new(["read_api", "api"], "repositories cannot be listed"),
        new(["api"], "hooks cannot be registered"),
        new(["api"], "commit statuses cannot be set"),
    ];

    /// <summary>The token as it is; git takes any user name with it.</summary>
    public static GitCredential ForGit(Target target) =>
        target.SecretOf(GitLabForm.Token) is { } token
            ? new GitCredential("oauth2", token, null, Static: true, ExpiresAt: null)
            : GitCredential.Anonymous;

    public async Task<Outcome<PrivilegeReport>> Explain(Target target, CancellationToken cancel)
    {
        using var api = GitLabApi.Open(outside, target);
        return await Explain(api, target, cancel);
    }

    public async Task<Verdict> Verify(Target target, CancellationToken cancel)
    {
        using var api = GitLabApi.Open(outside, target);
        return HostVerdict.Of(await Explain(api, target, cancel), api.Rest);
    }

    private static Task<Outcome<PrivilegeReport>> Explain(GitLabApi api, Target target, CancellationToken cancel) =>
        target.IsGranted ? ExplainGrant(api, cancel) : Explain(api, cancel);

    /// <summary>Its end is not told: it is renewed before, and means nothing to a person.</summary>
    private static async Task<Outcome<PrivilegeReport>> ExplainGrant(GitLabApi api, CancellationToken cancel)
    {
        if (!(await api.Grant(cancel)).Try(out var grant, out var failure))
            return failure;
        return (await api.User(cancel)).Map(user =>
            PrivilegeReport.Of(user.Username ?? "", grant.Scope, Needs, expiresAt: null)
        );
    }

    /// <summary>
    /// Every token may read itself; only some may read their user. Hosts before 15.5 know no such call, so nothing
    /// tells what the token may do.
    /// </summary>
    private static async Task<Outcome<PrivilegeReport>> Explain(GitLabApi api, CancellationToken cancel)
    {
        var self = await api.Token(cancel);
        if (self.Failure is { Code: not RestFailures.NotFoundCode } refused)
            return refused;
        var user = await api.User(cancel);
        if (!self.Ok)
            return user.Failure?.Code == RestFailures.NotFoundCode
                ? GitLabFailures.NoApi(api.Rest.Style.Base.IdnHost)
                : user.Map(known => PrivilegeReport.Of(known.Username ?? "", null, Needs, null));
        if (user.Failure is { Retry: not Retry.NeedsPerson } away)
            return away;
        var token = self.Value;
        var identity = user.Ok ? user.Value.Username : null;
        return PrivilegeReport.Of(
            identity ?? string.Create(CultureInfo.InvariantCulture, $"user {token.UserId}"),
            token.GranularScopes is { Count: > 0 } ? null : token.Scopes,
            Needs,
            Expiry(token)
        );
    }

    /// <summary>A date: the token ends when it begins, at midnight UTC.</summary>
    private static DateTimeOffset? Expiry(WireToken token) =>
        DateTimeOffset.TryParse(
            token.ExpiresAt,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at
            : null;
}
