using Fairlead.Contracts.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Hosts;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Connections;

/// <summary>Deletes a connection; one that is in use only when forced, after naming who uses it.</summary>
internal sealed class DeleteConnection(
    FairleadDb db,
    UsableConnections connections,
    ConnectionUsers users,
    UnbindConnection unbind,
    ForgetSources forget,
    RemoveHooks hooks,
    StoreCredential credentials,
    AuditLog audit
)
{
    public async Task<Outcome<Done>> Run(string slug, bool force, Caller caller, CancellationToken cancel)
    {
        if ((await Check(slug, force, caller, cancel)).Failure is { } refused)
            return refused;
        var left = await hooks.Run(slug, cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!(await Check(slug, force, caller, cancel)).Try(out var checkedNow, out var failure))
            return failure;
        var (row, bound) = checkedNow;
        await unbind.Run(row.Id, cancel);
        await forget.Run(row.Id, cancel);
        await db.Set<ConnectionGrantRow>().Where(grant => grant.ConnectionId == row.Id).ExecuteDeleteAsync(cancel);
        db.Remove(row);
        await db.SaveChangesAsync(cancel);
        await credentials.DropIfUnused(row.CredentialId, caller, cancel);
        var detail = string.Join("; ", Details(bound.Count, left.Count));
        await audit.Append(db, caller.Name, "connection.deleted", $"connection/{slug}", detail, caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Done.It;
    }

    private static IEnumerable<string> Details(int users, int hooks)
    {
        if (users > 0)
            yield return $"forced; was used by {users}";
        if (hooks > 0)
            yield return $"{hooks} hooks may still be at the host";
    }

    private async Task<Outcome<(ConnectionRow Row, IReadOnlyList<ConnectionUser> Users)>> Check(
        string slug,
        bool force,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (!(await connections.FindToChange(slug, caller, cancel)).Try(out var row, out var failure))
            return failure;
        var bound = await users.Of(row.Id, cancel);
        return bound.Count > 0 && !force
            ? ConnectionFailures.InUse(slug, "deleted", [.. bound.Select(user => user.Name)])
            : (row, bound);
    }
}
