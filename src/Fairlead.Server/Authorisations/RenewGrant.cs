using System.Collections.Concurrent;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Authorisations;

/// <summary>
/// Renews the tokens of a grant: once, however many callers of however many servers want them. Hosts forget the old
/// refresh token when they give a new one, so one server at a time holds the row, and the new tokens are stored before
/// anybody sees them. Only the host's own word that a grant is over ends it.
/// </summary>
internal sealed class RenewGrant(IServiceScopeFactory scopes, TimeProvider time, ILogger<RenewGrant> log)
{
    /// <summary>Longer than the request and the storing can take; then its server must have died.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(60);

    /// <summary>Of a credential that others replace meanwhile.</summary>
    private const int MostReadings = 5;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(long Credential, int Version), Lazy<Task<Outcome<Done>>>> _running = new();

    /// <summary>From when on a token is renewed before it is handed out: a little before it ends.</summary>
    public static DateTimeOffset? At(Grant grant, DateTimeOffset now)
    {
        if (grant is not { ExpiresAt: { } end, RefreshToken: not null })
            return null;
        var tenth = (end - now) / 10;
        return end - (tenth < Margin ? tenth : Margin);
    }

    /// <summary>
    /// Afterwards the credential has a newer version than this, or the failure says why not. Not cancelled with its
    /// caller: what a host gives in place of the old tokens must not get lost.
    /// </summary>
    public async Task<Outcome<Done>> Run(long credentialId, int version)
    {
        var key = (credentialId, version);
        var one = _running.GetOrAdd(key, _ => new Lazy<Task<Outcome<Done>>>(() => Task.Run(() => Once(key))));
        try
        {
            return await one.Value;
        }
        finally
        {
            _running.TryRemove(KeyValuePair.Create(key, one));
        }
    }

    /// <summary>
    /// For one credential: another token in place of one that the host refused before its end. What was renewed by then
    /// is taken as it is; all who were refused at the same time share one renewal.
    /// </summary>
    public Func<Secret, CancellationToken, Task<Outcome<Secret>>> Replacing(long credentialId) =>
        async (refused, cancel) =>
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
            for (var reading = 1; ; reading++)
            {
                var (row, kept) = await Kept(scope.ServiceProvider, db, credentialId, cancel);
                if (kept.GetValueOrDefault(Grant.AccessField) is { } newer && !newer.Equals(refused))
                    return newer;
                if (await Read(db, credentialId) is not { } grant || grant.Version < row.Version)
                    return GrantFailures.Revoked(row.Name);
                // Nothing to renew it with: only granting again helps, and the host may yet change its mind.
                if (grant.Version == row.Version && !row.Fields.Contains(Grant.RefreshField))
                    return GrantFailures.Revoked(await SiteOf(db, grant, cancel));
                if (reading == MostReadings || grant.EndedAt is not null)
                    return GrantFailures.Ended(await SiteOf(db, grant, cancel));
                // Somebody may have renewed it between one reading and the other: then it is read again.
                if (grant.Version == row.Version && (await Run(credentialId, row.Version)).Failure is { } failure)
                    return failure;
            }
        };

    private static async Task<(CredentialRow Row, IReadOnlyDictionary<string, Secret> Secrets)> Kept(
        IServiceProvider services,
        FairleadDb db,
        long credential,
        CancellationToken cancel
    )
    {
        var row = await db.Set<CredentialRow>().AsNoTracking().SingleAsync(one => one.Id == credential, cancel);
        return (row, await services.GetRequiredService<CredentialSecrets>().Open(row, cancel));
    }

    private static Task<string> SiteOf(FairleadDb db, GrantRow grant, CancellationToken cancel) =>
        db.Set<ApplicationRow>()
            .Where(one => one.Id == grant.ApplicationId)
            .Select(one => one.Site)
            .SingleAsync(cancel);

    private async Task<Outcome<Done>> Once((long Credential, int Version) key)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        var patience = time.GetUtcNow() + Hold + Hold;
        while (time.GetUtcNow() < patience)
        {
            if (await Take(db, key))
                return await Renew(scope.ServiceProvider, db, key);
            // Another server does it, or has done it: that shows in the row.
            var row = await Read(db, key.Credential);
            if (row is null || row.Version != key.Version || row.EndedAt is not null)
                return Done.It;
            await Task.Delay(Look, TimeProvider.System);
        }
        return AuthorisationFailures.Busy;
    }

    private async Task<bool> Take(FairleadDb db, (long Credential, int Version) key)
    {
        var (now, until) = (time.GetUtcNow(), time.GetUtcNow() + Hold);
        var taken = await db.Set<GrantRow>()
            .Where(row => row.CredentialId == key.Credential && row.Version == key.Version && row.EndedAt == null)
            .Where(row => row.RenewingUntil == null || row.RenewingUntil < now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RenewingUntil, until));
        return taken == 1;
    }

    private async Task<Outcome<Done>> Renew(
        IServiceProvider services,
        FairleadDb db,
        (long Credential, int Version) key
    )
    {
        var row = (await Read(db, key.Credential))!;
        try
        {
            if (!(await Ask(services, db, row)).Try(out var grant, out var failure))
            {
                await Release(db, key, ended: failure.Code == GrantFailures.EndedCode);
                log.LogWarning("The grant of credential {Id} was not renewed: {Code}", key.Credential, failure.Code);
                return failure;
            }
            await Store(services, db, key, grant);
            return Done.It;
        }
        catch
        {
            await Release(db, key, ended: false);
            throw;
        }
    }

    private static async Task<Outcome<Grant>> Ask(IServiceProvider services, FairleadDb db, GrantRow row)
    {
        var application = await db.Set<ApplicationRow>().AsNoTracking().SingleAsync(one => one.Id == row.ApplicationId);
        var credential = await db.Set<CredentialRow>().AsNoTracking().SingleAsync(one => one.Id == row.CredentialId);
        var secrets = await services.GetRequiredService<CredentialSecrets>().Open(credential, default);
        var opened = await services.GetRequiredService<OpenApplication>().Run(application, default);
        if (!opened.Try(out var open, out var failure))
            return failure;
        return secrets.TryGetValue(Grant.RefreshField, out var refresh)
            ? await open.Host.Refresh(open.Site, open.Application, refresh, default)
            : GrantFailures.Ended(open.Site.Settings.GetValueOrDefault("url") ?? application.Site);
    }

    private async Task Store(IServiceProvider services, FairleadDb db, (long Credential, int Version) key, Grant grant)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var credential = await db.Set<CredentialRow>().SingleAsync(one => one.Id == key.Credential);
        var secrets = services.GetRequiredService<CredentialSecrets>();
        // Some hosts keep the refresh token and do not repeat it.
        var kept = grant.RefreshToken is null
            ? (await secrets.Open(credential, default)).GetValueOrDefault(Grant.RefreshField)
            : grant.RefreshToken;
        var whole = grant with { RefreshToken = kept };
        await secrets.Renew(credential, whole.ToCredential().Secrets, default);
        await db.Set<GrantRow>()
            .Where(row => row.CredentialId == key.Credential)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(row => row.Version, credential.Version)
                    .SetProperty(row => row.ExpiresAt, whole.ExpiresAt)
                    .SetProperty(row => row.RenewAt, At(whole, time.GetUtcNow()))
                    .SetProperty(row => row.RenewingUntil, (DateTimeOffset?)null)
            );
        await transaction.CommitAsync();
    }

    private Task Release(FairleadDb db, (long Credential, int Version) key, bool ended)
    {
        DateTimeOffset? end = ended ? time.GetUtcNow() : null;
        return db.Set<GrantRow>()
            .Where(row => row.CredentialId == key.Credential && row.Version == key.Version)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(row => row.RenewingUntil, (DateTimeOffset?)null).SetProperty(row => row.EndedAt, end)
            );
    }

    private static Task<GrantRow?> Read(FairleadDb db, long credential) =>
        db.Set<GrantRow>().AsNoTracking().SingleOrDefaultAsync(row => row.CredentialId == credential);
}
