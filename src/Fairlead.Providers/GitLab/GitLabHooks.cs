using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitLab;

/// <summary>Registers, repairs and removes the hooks of projects; reads what they sent.</summary>
internal sealed class GitLabHooks(Outside outside) : IHostHooks
{
    public Task<Outcome<IReadOnlyList<HostedHook>>> List(Target target, string name, CancellationToken cancel) =>
        Of(
            target,
            name,
            async (api, project) =>
                (await api.Hooks(project, cancel)).Map<IReadOnlyList<HostedHook>>(all =>
                    [.. all.Select(GitLabWire.Plain)]
                ),
            cancel
        );

    public Task<Outcome<HostedHook>> Create(Target target, string name, HookWish wish, CancellationToken cancel) =>
        Of(target, name, (api, project) => Put(api, project, null, wish, cancel), cancel);

    public Task<Outcome<HostedHook>> Repair(
        Target target,
        string name,
        string id,
        HookWish wish,
        CancellationToken cancel
    ) => Of(target, name, (api, project) => Put(api, project, id, wish, cancel), cancel);

    public Task<Outcome<Done>> Delete(Target target, string name, string id, CancellationToken cancel) =>
        Of(
            target,
            name,
            async (api, project) =>
            {
                var deleted = await api.DeleteHook(project, id, cancel);
                return deleted.Failure?.Code == RestFailures.NotFoundCode ? Done.It : deleted;
            },
            cancel
        );

    public Task<Outcome<IReadOnlyList<HostDelivery>>> Deliveries(
        Target target,
        string name,
        string id,
        DateTimeOffset since,
        CancellationToken cancel
    ) =>
        Of(
            target,
            name,
            (api, project) =>
                api.HookEvents(project, id, sent => GitLabWire.Plain(sent, outside.Time.GetUtcNow()), since, cancel),
            cancel
        );

    /// <summary>
    /// Makes the hook, or makes it what is wished. It gets a key to sign with; only a host that shows none afterwards
    /// gets the secret itself to send, which anybody on the way can read. Until then it proves nothing, and nothing it
    /// sends is believed.
    /// </summary>
    private static async Task<Outcome<HostedHook>> Put(
        GitLabApi api,
        long project,
        string? id,
        HookWish wish,
        CancellationToken cancel
    )
    {
        var signed = new WireHookWish(wish.Url.AbsoluteUri)
        {
            SigningToken = GitLabProof.SigningToken(wish.Secret),
            CustomWebhookTemplate = id is null ? null : "",
        };
        var put = id is null
            ? await api.CreateHook(project, signed, cancel)
            : await api.ChangeHook(project, id, signed, cancel);
        if (!put.Try(out var hook, out var failure))
            return failure;
        id = GitLabWire.Plain(hook).Id;
        if (hook.SigningTokenPresent != true)
        {
            var plain = signed with { SigningToken = null, Token = wish.Secret.Reveal() };
            if (!(await api.ChangeHook(project, id, plain, cancel)).Try(out hook, out failure))
                return failure;
        }
        if (!GitLabWire.Plain(hook).IsActive && (await api.TestHook(project, id, cancel)).Failure is { } refused)
            return refused;
        return GitLabWire.Plain(hook);
    }

    private async Task<Outcome<T>> Of<T>(
        Target target,
        string name,
        Func<GitLabApi, long, Task<Outcome<T>>> work,
        CancellationToken cancel
    )
    {
        using var api = GitLabApi.Open(outside, target);
        return (await api.Project(name, cancel)).Try(out var project, out var failure)
            ? await work(api, project.Id)
            : failure;
    }
}
