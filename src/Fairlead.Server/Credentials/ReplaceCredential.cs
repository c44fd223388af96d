using Fairlead.Contracts.Credentials;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Hosts;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Credentials;

/// <summary>
/// Puts new values in place of a credential's old ones. They are tried on every connection that uses it first; when one
/// is refused, nothing is replaced. The old values are forgotten in the same transaction.
/// </summary>
internal sealed class ReplaceCredential(
    FairleadDb db,
    HostBell hosts,
    IReadOnlyList<IProvider> providers,
    ConnectionOpener opener,
    VerifyConnection verify,
    CredentialSecrets secrets,
    ShowCredentials show,
    AuditLog audit,
    TimeProvider time
)
{
    public async Task<Outcome<CredentialInfo>> Run(
        string slug,
        CredentialReplacement input,
        Caller caller,
        CancellationToken cancel
    )
    {
        var row = await db.Set<CredentialRow>()
            .SingleOrDefaultAsync(found => found.Slug == slug && found.OwnerId == caller.PersonId, cancel);
        if (row is null)
            return CredentialFailures.Unknown(slug);
        if (row.AppId is not null)
            return CredentialFailures.OfApp;
        if (providers.FirstOrDefault(kind => kind.Kind == row.Kind) is not { } provider)
            return ConnectionFailures.KindUnknown(row.Kind);
        var settings = provider.Typed(row.Shown);
        var users = await db.Set<ConnectionRow>().Where(user => user.CredentialId == row.Id).ToListAsync(cancel);
        var typed = (users.FirstOrDefault()?.Settings ?? []).With(settings).With(input.Settings);
        if (
            !(await ReadCredential.Run(provider, typed, input.Secrets, cancel)).Try(out var credential, out var failure)
        )
            return failure;
        if (!input.Force && await RefusedBy(users, credential, cancel) is { } refusal)
            return refusal;
        try
        {
            await Store(row, users, credential, caller, cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return CredentialFailures.Changed;
        }
        foreach (var user in users)
            await verify.Now(user.Id, cancel);
        return await show.One(slug, caller, cancel);
    }

    /// <summary>Puts what a person granted anew in place of the old tokens.</summary>
    public async Task<Outcome<Done>> Granted(
        long id,
        GrantedCredential granted,
        Caller caller,
        CancellationToken cancel
    )
    {
        var row = await db.Set<CredentialRow>()
            .SingleOrDefaultAsync(found => found.Id == id && found.OwnerId == caller.PersonId, cancel);
        if (row is null)
            return ConnectionFailures.CredentialNotYours;
        var users = await db.Set<ConnectionRow>().Where(user => user.CredentialId == row.Id).ToListAsync(cancel);
        try
        {
            await Store(row, users, granted.Credential, caller, cancel, granted.Keep);
        }
        catch (DbUpdateConcurrencyException)
        {
            return CredentialFailures.Changed;
        }
        foreach (var user in users)
            await verify.Now(user.Id, cancel);
        return Done.It;
    }

    /// <summary>Only a refused login counts: an unreachable host says nothing about the new values.</summary>
    private async Task<Failure?> RefusedBy(
        IReadOnlyList<ConnectionRow> users,
        PreparedCredential credential,
        CancellationToken cancel
    )
    {
        foreach (var user in users)
        {
            var opened = await opener.With(user, credential.Shown, credential.Secrets, cancel);
            if (opened.Failure is { } failure)
                return failure;
            if (await verify.Ask(opened.Value, cancel) is { Kind: VerdictKind.Rejected } verdict)
                return CredentialFailures.RefusedBy(user.Slug, verdict.Sentence);
        }
        return null;
    }

    private async Task Store(
        CredentialRow row,
        IReadOnlyList<ConnectionRow> users,
        PreparedCredential credential,
        Caller caller,
        CancellationToken cancel,
        Func<CredentialRow, CancellationToken, Task>? also = null
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        row.Version++;
        row.AppId = null;
        row.Fields = [.. credential.Secrets.Keys];
        row.Shown = credential.Shown.ToDictionary();
        row.ReplacedAt = time.GetUtcNow();
        foreach (var user in users)
            user.Revision++;
        await db.SaveChangesAsync(cancel);
        await secrets.Seal(row, credential.Secrets, cancel);
        if (also is not null)
            await also(row, cancel);
        var (subject, detail) = ($"credential/{row.Slug}", $"version {row.Version}");
        await audit.Append(db, caller.Name, "credential.replaced", subject, detail, caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        hosts.Ring();
    }
}
