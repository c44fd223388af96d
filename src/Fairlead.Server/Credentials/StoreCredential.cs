using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Credentials;

/// <param name="Row">Null when none was asked for.</param>
internal sealed record FoundCredential(CredentialRow? Row);

/// <summary>Adds, finds and removes credentials inside the transactions of those who use them.</summary>
internal sealed class StoreCredential(FairleadDb db, CredentialSecrets secrets, AuditLog audit, TimeProvider time)
{
    /// <summary>The credential of that ID, of that kind, of that caller: nobody lends out another's keys.</summary>
    public async Task<Outcome<FoundCredential>> Find(string? slug, string kind, Caller caller, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(slug))
            return new FoundCredential(null);
        var row = await db.Set<CredentialRow>()
            .SingleOrDefaultAsync(found => found.Slug == slug && found.OwnerId == caller.PersonId, cancel);
        return row is null ? CredentialFailures.Unknown(slug) with { Status = 422, Field = "credential" }
            : row.Kind != kind ? CredentialFailures.OtherKind
            : new FoundCredential(row);
    }

    /// <summary>In the caller's transaction.</summary>
    /// <param name="inline">Made together with a connection.</param>
    /// <param name="appId">The App whose key it is: there is nothing to seal then.</param>
    /// <returns>Null when there is nothing to keep.</returns>
    public async Task<CredentialRow?> Add(
        string slug,
        string name,
        string kind,
        PreparedCredential? credential,
        Caller caller,
        bool inline,
        CancellationToken cancel,
        long? appId = null
    )
    {
        if (credential is null)
            return null;
        var row = new CredentialRow
        {
            Slug = inline ? await Free(slug, cancel) : slug,
            Name = name.Trim(),
            Kind = kind,
            OwnerId = caller.PersonId,
            AppId = appId,
            Version = 1,
            Fields = [.. credential.Secrets.Keys],
            Shown = credential.Shown.ToDictionary(),
            Inline = inline,
            CreatedAt = time.GetUtcNow(),
            ReplacedAt = time.GetUtcNow(),
        };
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        await secrets.Seal(row, credential.Secrets, cancel);
        var subject = $"credential/{row.Slug}";
        await audit.Append(db, caller.Name, "credential.created", subject, kind, caller.Address, cancel);
        return row;
    }

    /// <summary>Deletes a credential that came with a connection, once no connection uses it any more.</summary>
    public async Task DropIfUnused(long? id, Caller caller, CancellationToken cancel)
    {
        var row = await db.Set<CredentialRow>().SingleOrDefaultAsync(found => found.Id == id && found.Inline, cancel);
        if (row is null || await db.Set<ConnectionRow>().AnyAsync(user => user.CredentialId == row.Id, cancel))
            return;
        await Drop(row, caller, cancel);
    }

    public async Task Drop(CredentialRow row, Caller caller, CancellationToken cancel)
    {
        await secrets.Forget(row, cancel);
        db.Remove(row);
        var subject = $"credential/{row.Slug}";
        await audit.Append(db, caller.Name, "credential.deleted", subject, "", caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
    }

    private async Task<string> Free(string slug, CancellationToken cancel)
    {
        var taken = await db.Set<CredentialRow>()
            .Where(row => row.Slug.StartsWith(slug))
            .Select(row => row.Slug)
            .ToListAsync(cancel);
        return Enumerable
            .Range(1, taken.Count + 1)
            .Select(n => n == 1 ? slug : $"{slug}-{n}")
            .First(s => !taken.Contains(s));
    }
}
