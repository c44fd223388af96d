using Fairlead.Contracts.Authorisations;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Fairlead.Server.Vault;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Authorisations;

/// <summary>
/// Grants by a code that a person types on the host's page (RFC 8628). Whoever waits asks here; the host is asked by
/// the server, at the host's own pace, and only while somebody waits.
/// </summary>
internal sealed class GrantByDevice(
    FairleadDb db,
    SecretVault vault,
    GrantRequests requests,
    StartGrant start,
    OpenApplication open,
    FinishGrant finish,
    TimeProvider time
)
{
    private const string CodeField = "deviceCode";

    /// <summary>What the host means when it is asked too often (RFC 8628, 3.5).</summary>
    private const int SlowerBySeconds = 5;

    public async Task<Outcome<DeviceGrant>> Start(NewGrant input, Caller caller, CancellationToken cancel)
    {
        var begun = await start.Begin(GrantRequestRow.ForDevice, GrantRequests.Random(), input, caller, cancel);
        if (!begun.Try(out var found, out var failure))
            return failure;
        var (row, opened) = found;
        if (!opened.Host.HasDevices)
            return GrantFailures.NoDevices(opened.Name);
        var asked = await opened.Host.StartDevice(opened.Site, opened.Application, cancel);
        if (!asked.Try(out var code, out failure))
            return failure;
        var now = time.GetUtcNow();
        row.ExpiresAt = now + code.Life;
        row.IntervalSeconds = (int)Math.Ceiling(code.Interval.TotalSeconds);
        row.NextAt = now + code.Interval;
        await requests.Store(row, new Dictionary<string, Secret> { [CodeField] = code.Code }, cancel);
        return new DeviceGrant(
            row.Id,
            code.UserCode,
            code.Page.AbsoluteUri,
            opened.Name,
            row.Slug,
            row.ExpiresAt,
            row.IntervalSeconds
        );
    }

    /// <summary>Asks the host when it is time to.</summary>
    public async Task<Outcome<DeviceGrantState>> Follow(long id, Caller caller, CancellationToken cancel)
    {
        var row = await db.Set<GrantRequestRow>()
            .AsNoTracking()
            .SingleOrDefaultAsync(
                one => one.Id == id && one.Purpose == GrantRequestRow.ForDevice && one.PersonId == caller.PersonId,
                cancel
            );
        if (row is null)
            return AuthorisationFailures.StateUnknown;
        if (row.UsedAt is not null)
            return AuthorisationFailures.Replayed;
        var now = time.GetUtcNow();
        var application = await db.Set<ApplicationRow>()
            .AsNoTracking()
            .SingleAsync(one => one.Id == row.ApplicationId, cancel);
        if (row.ExpiresAt <= now)
            return await End(row, GrantFailures.DeviceExpired(application.Site), cancel);
        if (row.NextAt > now || !await Turn(row, now, cancel))
            return Waiting(row);
        return await Ask(row, application, caller, cancel);
    }

    private async Task<Outcome<DeviceGrantState>> Ask(
        GrantRequestRow row,
        ApplicationRow application,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (!(await open.Run(application, cancel)).Try(out var opened, out var failure))
            return failure;
        var kept = await vault.Open(db, row.Owner, 1, cancel);
        if (!kept.TryGetValue(CodeField, out var code))
            return AuthorisationFailures.Replayed;
        // What the host gives for the code it gives once: from here on nobody's going away stops it.
        var asked = await opened.Host.AskDevice(opened.Site, opened.Application, code, default);
        if (asked.Try(out var grant, out failure))
        {
            await Close(row);
            var made = await finish.Complete(row, application, grant, caller);
            return made.Map(connection => new DeviceGrantState(connection, 0));
        }
        if (failure.Code == GrantFailures.SlowDownCode)
            await Slower(row, cancel);
        return failure.Retry == Retry.Later ? Waiting(row) : await End(row, failure, cancel);
    }

    /// <summary>One of those who wait asks the host; the next may after the interval.</summary>
    private async Task<bool> Turn(GrantRequestRow row, DateTimeOffset now, CancellationToken cancel)
    {
        DateTimeOffset? next = now.AddSeconds(row.IntervalSeconds);
        return await db.Set<GrantRequestRow>()
                .Where(one => one.Id == row.Id && one.NextAt == row.NextAt && one.UsedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.NextAt, next), cancel) == 1;
    }

    private Task<int> Slower(GrantRequestRow row, CancellationToken cancel)
    {
        row.IntervalSeconds += SlowerBySeconds;
        DateTimeOffset? next = time.GetUtcNow().AddSeconds(row.IntervalSeconds);
        return db.Set<GrantRequestRow>()
            .Where(one => one.Id == row.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(one => one.NextAt, next)
                        .SetProperty(one => one.IntervalSeconds, row.IntervalSeconds),
                cancel
            );
    }

    private async Task<Outcome<DeviceGrantState>> End(GrantRequestRow row, Failure failure, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        await Close(row);
        return failure;
    }

    private async Task Close(GrantRequestRow row)
    {
        DateTimeOffset? now = time.GetUtcNow();
        await db.Set<GrantRequestRow>()
            .Where(one => one.Id == row.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.UsedAt, now));
        await vault.Forget(db, row.Owner, default);
    }

    private static DeviceGrantState Waiting(GrantRequestRow row) => new(null, row.IntervalSeconds);
}
