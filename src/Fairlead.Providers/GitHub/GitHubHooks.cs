using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHub;

/// <summary>Registers, repairs and removes the hooks of repositories; reads what they sent.</summary>
internal sealed class GitHubHooks(Outside outside, GitHubAppTokens tokens)
    : RestHooks(target => GitHubApi.Open(outside, target, tokens))
{
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
