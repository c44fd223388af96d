using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Contracts.Authorisations;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
using Fairlead.Server.Vault;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Authorisations;

/// <summary>
/// Sends a person to a host: notes what for, in which session and with which PKCE verifier, and tells the page to open.
/// </summary>
internal sealed class StartGrant(
    FairleadDb db,
    SecretVault vault,
    OpenApplication open,
    UsableConnections connections,
    TimeProvider time
)
{
    public const string VerifierField = "verifier";
    private const int MostInAMinute = 10;

    /// <summary>256 random bits, of which the database keeps the hash.</summary>
    private const int StateLength = 43;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task<Outcome<GrantStart>> Run(NewGrant input, Caller caller, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await db.Set<GrantRequestRow>().Where(old => old.ExpiresAt < now.AddDays(-1)).ExecuteDeleteAsync(cancel);
        var since = now.AddMinutes(-1);
        var lately = await db.Set<GrantRequestRow>()
            .CountAsync(row => row.PersonId == caller.PersonId && row.CreatedAt > since, cancel);
        if (lately >= MostInAMinute)
            return AuthorisationFailures.TooMany;
        var found = await db.Set<ApplicationRow>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == input.Application, cancel);
        if (found is null)
            return AuthorisationFailures.ApplicationUnknown;
        if (!(await open.Run(found, cancel)).Try(out var opened, out var failure))
            return failure;
        var wanted = input.Again is { } again
            ? await Existing(again, found, caller, cancel)
            : await New(input, opened.Provider.Title, cancel);
        if (!wanted.Try(out var wish, out failure))
            return failure;
        var (state, verifier) = (Random(), Random());
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        if (!opened.Host.PageToAsk(opened.Site, opened.Application, state, challenge).Try(out var page, out failure))
            return failure;
        var row = new GrantRequestRow
        {
            Hash = RandomText.Hash(state),
            ApplicationId = found.Id,
            PersonId = caller.PersonId,
            SessionId = caller.SessionId,
            Name = wish.Name,
            Slug = wish.Slug,
            CredentialId = wish.CredentialId,
            CreatedAt = now,
            ExpiresAt = now + Patience,
        };
        await Store(row, new Secret(verifier), cancel);
        return new GrantStart(page.AbsoluteUri, found.Site, wish.Slug, row.ExpiresAt);
    }

    private sealed record Wish(string Name, string Slug, long? CredentialId);

    private async Task<Outcome<Wish>> New(NewGrant input, string title, CancellationToken cancel)
    {
        var name = input.Name?.Trim() is { Length: > 0 } typed ? typed : title;
        if (name.Length > 100 || name.Any(char.IsControl))
            return ConnectionFailures.NameMissing;
        if (input.Id is not null && !Slugs.IsWellFormed(input.Id))
            return ConnectionFailures.SlugMalformed;
        var slug = input.Id ?? Slugs.From(name);
        var taken = await db.Set<ConnectionRow>()
            .Where(row => row.Slug.StartsWith(slug))
            .Select(row => row.Slug)
            .ToListAsync(cancel);
        if (!taken.Contains(slug))
            return new Wish(name, slug, null);
        if (input.Id is not null)
            return ConnectionFailures.SlugTaken(slug);
        var free = Enumerable.Range(2, taken.Count + 1).Select(n => $"{slug}-{n}").First(one => !taken.Contains(one));
        return new Wish(name, free, null);
    }

    /// <summary>Only its owner may put other tokens in place of a credential's.</summary>
    private async Task<Outcome<Wish>> Existing(
        string slug,
        ApplicationRow application,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (!(await connections.FindToChange(slug, caller, cancel)).Try(out var row, out var failure))
            return failure;
        var owned = await db.Set<CredentialRow>()
            .AnyAsync(key => key.Id == row.CredentialId && key.OwnerId == caller.PersonId, cancel);
        if (row.Kind != application.Kind)
            return CredentialFailures.OtherKind;
        return owned ? new Wish(row.Name, row.Slug, row.CredentialId) : ConnectionFailures.CredentialNotYours;
    }

    private async Task Store(GrantRequestRow row, Secret verifier, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        await vault.Seal(db, row.Owner, 1, new Dictionary<string, Secret> { [VerifierField] = verifier }, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private static string Random() => RandomNumberGenerator.GetString(RandomText.Base62, StateLength);
}
