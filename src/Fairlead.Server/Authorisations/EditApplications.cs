using Fairlead.Contracts;
using Fairlead.Contracts.Authorisations;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Connections;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Fairlead.Server.Vault;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Authorisations;

/// <summary>Lists, adds and deletes the applications that people can grant access to.</summary>
internal sealed class EditApplications(
    FairleadDb db,
    SecretVault vault,
    IReadOnlyList<IProvider> providers,
    ServerOptions options,
    AuditLog audit,
    TimeProvider time
)
{
    public async Task<Page<ApplicationInfo>> List(string? q, int page, int size, CancellationToken cancel)
    {
        var part = q.Part() ?? "";
        var rows = await db.Set<ApplicationRow>()
            .AsNoTracking()
            .Where(row => row.Site.Contains(part) || row.Kind.Contains(part))
            .OrderBy(row => row.Kind)
            .ThenBy(row => row.Site)
            .Select(row => new { Row = row, Grants = db.Set<GrantRow>().Count(grant => grant.ApplicationId == row.Id) })
            .ToPage(page, size, cancel);
        return rows.Map(found => Info(found.Row, found.Grants));
    }

    /// <summary>Those that a connection of this kind can be made by.</summary>
    public async Task<IReadOnlyList<ApplicationInfo>> Of(string kind, CancellationToken cancel)
    {
        var rows = await db.Set<ApplicationRow>()
            .AsNoTracking()
            .Where(row => row.Kind == kind)
            .OrderBy(row => row.Site)
            .ToListAsync(cancel);
        return [.. rows.Select(row => Info(row, 0))];
    }

    /// <summary>The one that renews this connection's credential, if the caller may grant it again.</summary>
    public async Task<IReadOnlyList<ApplicationInfo>> ThatRenew(string slug, Caller caller, CancellationToken cancel)
    {
        var rows = await (
            from connection in db.Set<ConnectionRow>()
            where connection.Slug == slug
            join credential in db.Set<CredentialRow>() on connection.CredentialId equals credential.Id
            where credential.OwnerId == caller.PersonId
            join grant in db.Set<GrantRow>() on credential.Id equals grant.CredentialId
            join application in db.Set<ApplicationRow>() on grant.ApplicationId equals application.Id
            select application
        )
            .AsNoTracking()
            .ToListAsync(cancel);
        return [.. rows.Select(row => Info(row, 0))];
    }

    public async Task<Outcome<ApplicationInfo>> Add(NewApplication input, Caller caller, CancellationToken cancel)
    {
        if (providers.FirstOrDefault(known => known.Kind == input.Kind) is not { } provider)
            return ConnectionFailures.KindUnknown(input.Kind);
        if (provider is not IAuthorise host)
            return AuthorisationFailures.CannotAuthorise(provider.Title);
        var settings = Read(provider, input.Settings);
        var failures = new[]
        {
            input.ClientId.Trim().Length is 0 or > 200 ? AuthorisationFailures.ClientIdMissing : null,
            input.ClientSecret.Trim().Length is 0 or > 4096 ? AuthorisationFailures.ClientSecretMissing : null,
            settings.Failure,
        };
        if (failures.OfType<Failure>().ToList() is { Count: > 0 } found)
            return Failure.Of(found);
        if (!host.Grants.Guide(new Target { Settings = settings.Value }).Try(out var guide, out var odd))
            return odd;
        var row = new ApplicationRow
        {
            Kind = input.Kind,
            Site = guide.Site,
            Settings = settings.Value,
            ClientId = input.ClientId.Trim(),
            Callback = OpenApplication.Callback(options, input.Kind).AbsoluteUri,
            CreatedAt = time.GetUtcNow(),
        };
        try
        {
            await Store(row, new Secret(input.ClientSecret.Trim()), caller, cancel);
        }
        catch (DbUpdateException refused) when (refused.IsUniqueViolation())
        {
            return AuthorisationFailures.Taken(guide.Site);
        }
        return Info(row, 0);
    }

    public async Task<Outcome<Done>> Delete(long id, Caller caller, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var row = await db.Set<ApplicationRow>().SingleOrDefaultAsync(found => found.Id == id, cancel);
        if (row is null)
            return AuthorisationFailures.ApplicationUnknown;
        var grants = await db.Set<GrantRow>().CountAsync(grant => grant.ApplicationId == id, cancel);
        if (grants > 0)
            return AuthorisationFailures.InUse(grants);
        await vault.Forget(db, row.Owner, cancel);
        db.Remove(row);
        await Note("application.deleted", row, caller, cancel);
        await transaction.CommitAsync(cancel);
        return Done.It;
    }

    private async Task Store(ApplicationRow row, Secret secret, Caller caller, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        var sealedSecret = new Dictionary<string, Secret> { [OpenApplication.SecretField] = secret };
        await vault.Seal(db, row.Owner, 1, sealedSecret, cancel);
        await Note("application.added", row, caller, cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task Note(string what, ApplicationRow row, Caller caller, CancellationToken cancel)
    {
        await audit.Append(db, caller.Name, what, $"application/{row.Id}", row.Site, caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The kind's own form, as if its secrets were given: what is left is where the host is.</summary>
    internal static Outcome<Dictionary<string, string>> Read(
        IProvider provider,
        IReadOnlyDictionary<string, string> typed
    )
    {
        var failures = ReadForm.Common(provider, typed, new Dictionary<string, string>()).ToList();
        if (failures.Count > 0)
            return Failure.Of(failures);
        var given = new HashSet<string> { Grant.AccessField };
        var own = provider.Fields.Where(field => field.IsCredential).Select(field => field.Name).ToHashSet();
        return provider
            .Read(new FormInput(typed, given) { Granted = true })
            .Map(read => read.Where(field => !own.Contains(field.Key)).ToDictionary());
    }

    private static ApplicationInfo Info(ApplicationRow row, int grants) =>
        new(row.Id, row.Kind, row.Site, row.ClientId, row.Callback, grants, row.CreatedAt);
}
