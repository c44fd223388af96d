using Fairlead.Contracts.Credentials;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Credentials;

/// <summary>Makes a credential that several connections may share.</summary>
internal sealed class CreateCredential(
    FairleadDb db,
    IReadOnlyList<IProvider> providers,
    StoreCredential store,
    ShowCredentials show
)
{
    public async Task<Outcome<CredentialInfo>> Run(NewCredential input, Caller caller, CancellationToken cancel)
    {
        if (providers.FirstOrDefault(kind => kind.Kind == input.Kind) is not { } provider)
            return ConnectionFailures.KindUnknown(input.Kind);
        var slug = input.Id ?? Slugs.From(input.Name);
        var read = await ReadCredential.Run(provider, input.Settings, input.Secrets, cancel);
        var failures = new[]
        {
            input.Name.Trim().Length is 0 or > 100 ? ConnectionFailures.NameMissing : null,
            Slugs.IsWellFormed(slug) ? null : ConnectionFailures.SlugMalformed,
            read.Failure,
        };
        if (failures.OfType<Failure>().ToList() is { Count: > 0 } found)
            return Failure.Of(found);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await store.Add(slug, input.Name, input.Kind, read.Value, caller, false, cancel);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (DbUpdateException refused) when (refused.IsUniqueViolation())
        {
            return CredentialFailures.SlugTaken(slug);
        }
        return await show.One(slug, caller, cancel);
    }
}
