using Fairlead.Contracts;
using Fairlead.Contracts.Authorisations;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
using Fairlead.Server.Vault;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Authorisations.Apps;

/// <summary>Lists and deletes the Apps that hosts made for this instance, and tells where each is installed.</summary>
internal sealed class EditApps(FairleadDb db, SecretVault vault, OpenApp open, AuditLog audit)
{
    public async Task<Page<AppInfo>> List(string? q, int page, int size, CancellationToken cancel)
    {
        var part = q.Part() ?? "";
        var rows = await db.Set<AppRow>()
            .AsNoTracking()
            .Where(row => row.Site.Contains(part) || row.Name.Contains(part) || row.Account.Contains(part))
            .OrderBy(row => row.Id)
            .Select(row => new { Row = row, Users = db.Set<CredentialRow>().Count(one => one.AppId == row.Id) })
            .ToPage(page, size, cancel);
        return rows.Map(found => Info(found.Row, found.Users));
    }

    public async Task<Outcome<AppInfo>> One(long id, CancellationToken cancel) =>
        await db.Set<AppRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is { } row
            ? Info(row, await Users(id, cancel))
            : AuthorisationFailures.AppUnknown;

    /// <summary>As the host tells it now.</summary>
    public async Task<Outcome<Page<InstallationInfo>>> Installations(
        long id,
        string? q,
        int page,
        int size,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (!(await open.Run(id, cancel)).Try(out var app, out var failure))
            return failure;
        if (!(await app.Host.Installations(app.Target, cancel)).Try(out var all, out failure))
            return failure;
        var bound = await InstallApp.Bound(db, app.Row.Kind, caller, cancel);
        var part = q.Part() ?? "";
        return all.Where(one => one.Account.Contains(part, StringComparison.OrdinalIgnoreCase))
            .Select(one => Info(one, app.Host.For(app.Target, one).Shown, bound))
            .ToList()
            .Cut(page, size);
    }

    /// <summary>Not while its key is that of a credential.</summary>
    public async Task<Outcome<Done>> Delete(long id, Caller caller, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var row = await db.Set<AppRow>().SingleOrDefaultAsync(found => found.Id == id, cancel);
        if (row is null)
            return AuthorisationFailures.AppUnknown;
        if (await Users(id, cancel) is > 0 and var users)
            return AuthorisationFailures.AppInUse(users);
        await vault.Forget(db, row.Owner, cancel);
        db.Remove(row);
        var what = $"{row.Name} at {row.Site}";
        await audit.Append(db, caller.Name, "app.deleted", $"app/{id}", what, caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Done.It;
    }

    public static AppInfo Info(AppRow row, int users) =>
        new(row.Id, row.Kind, row.Site, row.Name, row.Account, row.Page, row.Version, users, row.CreatedAt);

    private Task<int> Users(long id, CancellationToken cancel) =>
        db.Set<CredentialRow>().CountAsync(one => one.AppId == id, cancel);

    private static InstallationInfo Info(
        AppInstallation one,
        IReadOnlyDictionary<string, string> shown,
        IReadOnlyList<ShownConnection> bound
    )
    {
        var by = bound.FirstOrDefault(each =>
            shown.All(field => each.Shown.GetValueOrDefault(field.Key) == field.Value)
        );
        return new InstallationInfo(one.Id, one.Account, one.OpensAll, one.IsSuspended, by?.Slug);
    }
}
