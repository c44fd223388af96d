using System.Collections.Concurrent;
using Fairlead.Core.Events;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events.Hooks;

/// <summary>
/// A hook as the hot path needs it: whose it is, and the secrets that open it, the current one first.
/// </summary>
/// <param name="Host">Who reads what its host sends; null for the signed form that any sender can make.</param>
internal sealed record Hook(long SourceId, IReceiveHooks? Host, IReadOnlyList<Secret> Secrets, long LoadedAt)
{
    public bool MayBeProven(HeaderOf header) =>
        Host?.CarriesProof(header) ?? HubSignature.Parse(header(HubSignature.Header)) is not null;

    public bool Knocks(HeaderOf header) => Host?.IsKnock(header) == true;

    public bool IsProven(HeaderOf header, ReadOnlySpan<byte> body) =>
        Host is not null
            ? Host.IsAuthentic(header, body, Secrets)
            : HubSignature.Parse(header(HubSignature.Header)) is { } digest && HubSignature.Fits(digest, body, Secrets);
}

/// <summary>
/// Hooks by the id in their address, kept in memory for some seconds so that a busy hook costs no query. A change made
/// by this server shows at once (<see cref="Forget"/>), one by another server when a signature does not fit
/// (<see cref="Reload"/>) or after <see cref="Lifetime"/>.
/// </summary>
internal sealed class HookDirectory(IServiceScopeFactory scopes, IReadOnlyList<IProvider> providers, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    /// <summary>How often a hook may be read again because signatures do not fit.</summary>
    private static readonly TimeSpan ReloadPause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Hook> _known = new(StringComparer.Ordinal);

    /// <summary>Null when no hook has this id.</summary>
    public ValueTask<Hook?> Find(string id)
    {
        if (_known.TryGetValue(id, out var hook) && time.GetElapsedTime(hook.LoadedAt) < Lifetime)
            return ValueTask.FromResult<Hook?>(hook);
        return HookIds.IsOne(id) ? new ValueTask<Hook?>(Load(id)) : ValueTask.FromResult<Hook?>(null);
    }

    /// <summary>
    /// The hook as it is stored now, or null when <paramref name="stale"/> was read only just before.
    /// </summary>
    public async Task<Hook?> Reload(string id, Hook stale) =>
        time.GetElapsedTime(stale.LoadedAt) < ReloadPause ? null : await Load(id);

    /// <summary>The id when a hook that exists was heard of under it, else null. Costs no query.</summary>
    public string? Heard(string id) => _known.ContainsKey(id) ? id : null;

    public void Forget(string id) => _known.TryRemove(id, out _);

    private async Task<Hook?> Load(string id)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        var source = await db.Set<SourceRow>().AsNoTracking().SingleOrDefaultAsync(source => source.HookId == id);
        if (source is null)
        {
            Forget(id);
            return null;
        }
        var secrets = await scope
            .ServiceProvider.GetRequiredService<HookSecrets>()
            .Open(db, source, CancellationToken.None);
        var kind = await db.Set<ConnectionRow>()
            .Where(connection => connection.Id == source.ConnectionId)
            .Select(connection => connection.Kind)
            .SingleAsync();
        var host = providers.FirstOrDefault(provider => provider.Kind == kind) as IReceiveHooks;
        return _known[id] = new Hook(source.Id, host, secrets, time.GetTimestamp());
    }
}
