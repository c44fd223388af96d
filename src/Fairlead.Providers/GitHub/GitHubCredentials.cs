using System.Globalization;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHub;

/// <summary>What a credential is worth: who it is, what it may do, until when, and how git uses it.</summary>
internal sealed class GitHubCredentials(Outside outside, GitHubAppTokens tokens)
{
    /// <summary>
    /// An App gives a key for this one repository. A personal token cannot be narrowed, so a job gets it as it is,
    /// marked as static.
    /// </summary>
    /// <param name="level">What an App's key may do with the code.</param>
    public async Task<Outcome<GitCredential>> ForGit(
        Target target,
        string repository,
        CancellationToken cancel,
        string level = GitHubApp.Read
    )
    {
        if (!GitHubApp.Is(target))
            return ByToken(target);
        using var api = GitHubApi.Open(outside, target, tokens);
        if (!(await api.Repository(repository, cancel)).Try(out var found, out var failure))
            return failure;
        using var app = GitHubAppApi.Open(outside, target);
        return await GitHubApp.MintForOne(app, found.Id, level, cancel);
    }

    /// <summary>To look at refs ourselves: nothing is given away, so what is at hand will do.</summary>
    public async Task<Outcome<GitCredential>> ForUs(Target target, CancellationToken cancel) =>
        GitHubApp.Is(target)
            ? (await tokens.Get(target, null, cancel)).Map(token => new GitCredential(
                "x-access-token",
                token,
                null,
                Static: false,
                ExpiresAt: null
            ))
            : ByToken(target);

    public async Task<Outcome<PrivilegeReport>> Explain(Target target, CancellationToken cancel)
    {
        if (GitHubApp.Is(target))
        {
            using var app = GitHubAppApi.Open(outside, target);
            return await GitHubApp.Explain(app, cancel);
        }
        using var api = GitHubApi.Open(outside, target, tokens);
        return await Explain(api, cancel);
    }

    public async Task<Verdict> Verify(Target target, CancellationToken cancel)
    {
        if (GitHubApp.Is(target))
        {
            using var app = GitHubAppApi.Open(outside, target);
            return HostVerdict.Of(await GitHubApp.Explain(app, cancel), app.Rest);
        }
        using var api = GitHubApi.Open(outside, target, tokens);
        return HostVerdict.Of(await Explain(api, cancel), api.Rest);
    }

    private static GitCredential ByToken(Target target) =>
        target.SecretOf(GitHubForm.Token) is { } token
            ? new GitCredential("x-access-token", token, null, Static: true, ExpiresAt: null)
            : GitCredential.Anonymous;

    /// <summary>Classic tokens tell their scopes with every answer; fine-grained ones send no such header.</summary>
    private static async Task<Outcome<PrivilegeReport>> Explain(GitHubApi api, CancellationToken cancel)
    {
        if (!(await api.User(cancel)).Try(out var answer, out var failure))
            return failure;
        if (!api.Rest.Parse<WireUser>(answer).Try(out var user, out failure))
            return failure;
        var scopes = answer.Header("X-OAuth-Scopes") is { } header ? GitHubScopes.Parse(header) : null;
        return PrivilegeReport.Of(user.Login ?? "", scopes, GitHubScopes.Needs, Expiry(answer));
    }

    /// <summary>Recorded as <c>2026-12-01 09:00:00 UTC</c> and as <c>2026-12-01 09:00:00 +0100</c>.</summary>
    private static DateTimeOffset? Expiry(RestAnswer answer) =>
        DateTimeOffset.TryParse(
            answer.Header("github-authentication-token-expiration")?.Replace(" UTC", " +00:00"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at
            : null;
}
