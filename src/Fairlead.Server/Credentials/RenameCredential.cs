using Fairlead.Contracts.Credentials;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Credentials;

/// <summary>What people call a credential. Its ID and its values stay.</summary>
internal sealed class RenameCredential(FairleadDb db, ShowCredentials show, AuditLog audit)
{
    public async Task<Outcome<CredentialInfo>> Run(
        string slug,
        CredentialChange input,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (input.Name.Trim() is not { Length: > 0 and <= 100 } name)
            return ConnectionFailures.NameMissing;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var row = await db.Set<CredentialRow>()
            .SingleOrDefaultAsync(found => found.Slug == slug && found.OwnerId == caller.PersonId, cancel);
        if (row is null)
            return CredentialFailures.Unknown(slug);
        row.Name = name;
        await audit.Append(db, caller.Name, "credential.renamed", $"credential/{slug}", name, caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return await show.One(slug, caller, cancel);
    }
}
