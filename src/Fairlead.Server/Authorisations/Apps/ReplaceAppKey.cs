using Fairlead.Contracts.Authorisations;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Connections;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
using Fairlead.Server.Hosts;
using Fairlead.Server.Vault;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Authorisations.Apps;

/// <summary>
/// Puts a new key of an App in place of the old one, for all connections by it in one transaction. The host is asked
/// with the new key first: a key that it does not accept for this App replaces nothing.
/// </summary>
internal sealed class ReplaceAppKey(
    FairleadDb db,
    SecretVault vault,
    OpenApp open,
    EditApps show,
    VerifyConnection verify,
    HostBell hosts,
    AuditLog audit
)
{
    public async Task<Outcome<AppInfo>> Run(long id, AppKey input, Caller caller, CancellationToken cancel)
    {
        if (!(await open.Run(id, cancel, new Secret(input.Key.Trim()))).Try(out var app, out var failure))
            return failure;
        if ((await app.Host.Installations(app.Target, cancel)).Failure is { } refused)
            return AuthorisationFailures.KeyRefused(refused);
        var users = await db.Set<ConnectionRow>()
            .Where(user => db.Set<CredentialRow>().Any(one => one.Id == user.CredentialId && one.AppId == id))
            .ToListAsync(cancel);
        try
        {
            await Store(app.Row, users, app.Target.Secrets, caller, cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return CredentialFailures.Changed;
        }
        foreach (var user in users)
            await verify.Now(user.Id, cancel);
        return await show.One(id, cancel);
    }

    private async Task Store(
        AppRow row,
        IReadOnlyList<ConnectionRow> users,
        IReadOnlyDictionary<string, Secret> secrets,
        Caller caller,
        CancellationToken cancel
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Attach(row).Entity.Version++;
        foreach (var user in users)
            user.Revision++;
        await db.SaveChangesAsync(cancel);
        await vault.Seal(db, row.Owner, row.Version, secrets, cancel);
        await vault.Forget(db, row.Owner, cancel, before: row.Version);
        var (subject, detail) = ($"app/{row.Id}", $"version {row.Version}, for {users.Count} connections");
        await audit.Append(db, caller.Name, "app.key-replaced", subject, detail, caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        hosts.Ring();
    }
}
