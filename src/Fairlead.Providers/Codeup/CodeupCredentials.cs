using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Codeup;

/// <summary>What a personal access token is worth: who it is, what it may do, and how git uses it.</summary>
internal sealed class CodeupCredentials(Outside outside)
{
    private const int MayKeepHooks = 40;
    private const string NotAllowed = "host.not-allowed";

    /// <summary>The rights of a token as its form there calls them (facts/alibaba.md D5).</summary>
    private static readonly PrivilegeNeed Repositories = new(
        ["repositories (read)"],
        "repositories cannot be listed and code cannot be read"
    );

    private static readonly PrivilegeNeed Webhooks = new(["webhooks (read and write)"], "hooks cannot be registered");

    private static readonly PrivilegeNeed Members = new(
        ["organization members (read)"],
        "the user name for cloning cannot be looked up"
    );

    public static readonly IReadOnlyList<PrivilegeNeed> Needs = [Repositories, Webhooks, Members];

    /// <summary>
    /// A token cannot be narrowed, so a job gets it as it is, marked as static. Git wants a user name of its own, which
    /// is neither the person's name nor the id.
    /// </summary>
    public async Task<Outcome<GitCredential>> ForGit(Target target, CancellationToken cancel)
    {
        if (target.SecretOf(CodeupForm.Token) is not { } token)
            return GitCredential.Anonymous;
        var user = target.Setting(CodeupForm.CloneUser) is { } typed
            ? typed
            : await CodeupApi.Ask(outside, target, api => CloneUser(api, cancel));
        return user.Map(name => new GitCredential(name, token, null, Static: true, ExpiresAt: null));
    }

    public Task<Outcome<PrivilegeReport>> Explain(Target target, CancellationToken cancel) =>
        CodeupApi.Ask(outside, target, api => Explain(api, target, cancel));

    public async Task<Verdict> Verify(Target target, CancellationToken cancel)
    {
        using var api = CodeupApi.Open(outside, target);
        return HostVerdict.Of(await Explain(api, target, cancel), api.Rest);
    }

    /// <summary>
    /// No address tells what a token may do, nor until when it is good, so what can be tried by reading is tried.
    /// Hooks are asked for where their owner may keep them, so that a refusal is the token's.
    /// </summary>
    private static async Task<Outcome<PrivilegeReport>> Explain(CodeupApi api, Target target, CancellationToken cancel)
    {
        if (!(await api.User(cancel)).Try(out var user, out var failure))
            return failure;
        var newest = await api.Newest(cancel);
        List<(PrivilegeNeed Need, Failure? Refused)> tried = [(Repositories, newest.Failure)];
        if (newest.Ok && newest.Value.Find(one => one.AccessLevel == MayKeepHooks) is { } kept)
            tried.Add((Webhooks, (await api.Hooks(kept.Id, cancel)).Failure));
        if (target.Setting(CodeupForm.CloneUser) is null)
            tried.Add((Members, (await api.CloneUser(user.Id ?? "", cancel)).Failure));
        if (tried.Find(one => one.Refused is { Code: not NotAllowed }).Refused is { } broken)
            return broken;
        return new PrivilegeReport(user.Username ?? user.Name ?? "")
        {
            HostTells = false,
            Granted = [.. tried.Where(one => one.Refused is null).Select(one => one.Need.AnyOf[0])],
            Missing = [.. tried.Where(one => one.Refused is not null).Select(one => one.Need)],
        };
    }

    private static async Task<Outcome<string>> CloneUser(CodeupApi api, CancellationToken cancel)
    {
        if (!(await api.User(cancel)).Try(out var user, out var failure))
            return failure;
        var told = await api.CloneUser(user.Id ?? "", cancel);
        if (told.Failure is { Code: not (NotAllowed or RestFailures.NotFoundCode) } away)
            return away;
        return told.Ok && told.Value.HttpsCloneUsername is { Length: > 0 } name
            ? name
            : CodeupFailures.NoCloneUser(api.Site.Api.IdnHost);
    }
}
