using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHub;

/// <summary>Registers, repairs and removes the hooks of repositories; reads what they sent.</summary>
internal sealed class GitHubHooks(Outside outside, GitHubAppTokens tokens)
{
    public async Task<Outcome<IReadOnlyList<HostedHook>>> List(Target target, string name, CancellationToken cancel)
    {
        using var api = GitHubApi.Open(outside, target, tokens);
        return (await api.Hooks(name, cancel)).Map<IReadOnlyList<HostedHook>>(all => [.. all.Select(GitHubWire.Plain)]);
    }

    public async Task<Outcome<HostedHook>> Create(Target target, string name, HookWish wish, CancellationToken cancel)
    {
        using var api = GitHubApi.Open(outside, target, tokens);
        return (await api.CreateHook(name, GitHubWire.Of(wish), cancel)).Map(GitHubWire.Plain);
    }

    public async Task<Outcome<HostedHook>> Repair(
        Target target,
        string name,
        string id,
        HookWish wish,
        CancellationToken cancel
    )
    {
        using var api = GitHubApi.Open(outside, target, tokens);
        return (await api.ChangeHook(name, id, GitHubWire.Of(wish) with { Name = null }, cancel)).Map(GitHubWire.Plain);
    }

    public async Task<Outcome<Done>> Delete(Target target, string name, string id, CancellationToken cancel)
    {
        using var api = GitHubApi.Open(outside, target, tokens);
        var deleted = await api.DeleteHook(name, id, cancel);
        return deleted.Failure?.Code == RestFailures.NotFoundCode ? Done.It : deleted;
    }

    public async Task<Outcome<IReadOnlyList<HostDelivery>>> Deliveries(
        Target target,
        string name,
        string id,
        DateTimeOffset since,
        CancellationToken cancel
    )
    {
        using var api = GitHubApi.Open(outside, target, tokens);
        return (await api.Deliveries(name, id, cancel)).Map<IReadOnlyList<HostDelivery>>(all =>
            [.. all.Select(GitHubWire.Plain).Where(delivery => delivery.At >= since)]
        );
    }

    /// <summary>Nothing where the host keeps it no longer.</summary>
    public async Task<Outcome<byte[]>> Body(
        Target target,
        string name,
        string id,
        string attempt,
        CancellationToken cancel
    )
    {
        using var api = GitHubApi.Open(outside, target, tokens);
        var sent = await api.Delivery(name, id, attempt, cancel);
        return sent.Failure?.Code == RestFailures.NotFoundCode
            ? Array.Empty<byte>()
            : sent.Map(one => RestText.Bytes(one.Request?.Payload));
    }
}
