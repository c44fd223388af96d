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
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Authorisations;

/// <summary>
/// Sends a person to a host: notes what for, in which session and with which PKCE verifier, and tells the page to open.
/// </summary>
internal sealed class StartGrant(
    FairleadDb db,
    GrantRequests requests,
    OpenApplication open,
    UsableConnections connections
)
{
    public const string VerifierField = "verifier";

    public async Task<Outcome<GrantStart>> Run(NewGrant input, Caller caller, CancellationToken cancel)
    {
        var state = GrantRequests.Random();
        var begun = await Begin(GrantRequestRow.ForGrant, state, input, caller, cancel);
        if (!begun.Try(out var start, out var failure))
            return failure;
        var (row, opened) = start;
        var verifier = GrantRequests.Random();
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        if (!opened.Host.PageToAsk(opened.Site, opened.Application, state, challenge).Try(out var page, out failure))
            return failure;
        await requests.Store(row, new Dictionary<string, Secret> { [VerifierField] = new(verifier) }, cancel);
        return new GrantStart(page.AbsoluteUri, opened.Name, row.Slug, row.ExpiresAt);
    }

    /// <summary>What every way to grant begins with: who, to which application, for which connection.</summary>
    public async Task<Outcome<BegunGrant>> Begin(
        string purpose,
        string state,
        NewGrant input,
        Caller caller,
        CancellationToken cancel
    )
    {
        var found = await db.Set<ApplicationRow>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == input.Application, cancel);
        if (found is null)
            return AuthorisationFailures.ApplicationUnknown;
        if (!(await requests.New(purpose, found.Kind, state, caller, cancel)).Try(out var row, out var failure))
            return failure;
        if (!(await open.Run(found, cancel)).Try(out var opened, out failure))
            return failure;
        var wanted = input.Again is { } again
            ? await Existing(again, found, caller, cancel)
            : await New(input, opened.Provider.Title, cancel);
        if (!wanted.Try(out var wish, out failure))
            return failure;
        row.ApplicationId = found.Id;
        (row.Name, row.Slug, row.CredentialId) = (wish.Name, wish.Slug, wish.CredentialId);
        return new BegunGrant(row, opened);
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
        return input.Id is not null && taken.Contains(slug)
            ? ConnectionFailures.SlugTaken(slug)
            : new Wish(name, Slugs.Free(slug, taken), null);
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
}

/// <summary>A request that is not stored yet, and who will be asked.</summary>
internal sealed record BegunGrant(GrantRequestRow Row, OpenedApplication Opened);
