using Fairlead.Contracts.Authorisations;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Fairlead.Server.Vault;

namespace Fairlead.Server.Authorisations.Apps;

/// <summary>
/// Has a host make an App: an administrator's browser posts what it shall be, the host sends a code back, and the code
/// becomes the App and its key, which is sealed.
/// </summary>
internal sealed class MakeApp(
    FairleadDb db,
    SecretVault vault,
    GrantRequests requests,
    OpenApp open,
    ServerOptions options,
    AuditLog audit,
    TimeProvider time
)
{
    public async Task<Outcome<AppStart>> Start(NewApp input, Caller caller, CancellationToken cancel)
    {
        if (!open.Maker(input.Kind).Try(out var maker, out var failure))
            return failure;
        if (!EditApplications.Read(maker.Provider, input.Settings).Try(out var settings, out failure))
            return failure;
        var state = GrantRequests.Random();
        var asked = await requests.New(GrantRequestRow.ForApp, input.Kind, state, caller, cancel);
        if (!asked.Try(out var row, out failure))
            return failure;
        var organization = input.Organization?.Trim() is { Length: > 0 } name ? name : null;
        var site = await open.Site(settings, cancel);
        if (!maker.Host.Form(site, Wish(input, organization), state).Try(out var form, out failure))
            return failure;
        row.Settings = settings;
        await requests.Store(row, new Dictionary<string, Secret>(), cancel);
        return new AppStart(form.Site, form.Address.AbsoluteUri, form.Field, form.Manifest, row.ExpiresAt);
    }

    public async Task<Outcome<AppInfo>> Finish(
        string kind,
        string? state,
        string? code,
        Caller caller,
        CancellationToken cancel
    )
    {
        var taken = await requests.Take(GrantRequestRow.ForApp, kind, state, caller, cancel);
        if (!taken.Try(out var request, out var failure))
            return failure;
        if (string.IsNullOrEmpty(code))
            return AuthorisationFailures.HostRefused;
        if (!open.Maker(kind).Try(out var maker, out failure))
            return failure;
        var site = await open.Site(request.Settings, cancel);
        // The code is spent once it is sent: from here on the person's browser may go, and what came is kept.
        if (!(await maker.Host.Redeem(site, new Secret(code), default)).Try(out var made, out failure))
            return failure;
        var row = new AppRow
        {
            Kind = kind,
            Site = new Uri(made.Page, "/").GetLeftPart(UriPartial.Authority),
            Settings = request.Settings,
            Name = made.Name,
            Account = made.Owner,
            Page = made.Page.AbsoluteUri,
            Shown = made.Shown.ToDictionary(),
            Version = 1,
            CreatedAt = time.GetUtcNow(),
        };
        await Store(row, made, caller);
        return EditApps.Info(row, 0);
    }

    private AppWish Wish(NewApp input, string? organization)
    {
        var home = new Uri(options.BaseUrl);
        Uri Back(string end) => new($"{options.BaseUrl}/authorise/{input.Kind}/{end}");
        var name = $"Fairlead {home.Host}";
        return new AppWish(name, home, Back("made"), Back("installed"), organization, input.WritesCode);
    }

    private async Task Store(AppRow row, MadeApp made, Caller caller)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Add(row);
        await db.SaveChangesAsync();
        await vault.Seal(db, row.Owner, row.Version, made.Secrets, default);
        var what = $"{row.Name} at {row.Site}";
        await audit.Append(db, caller.Name, "app.made", $"app/{row.Id}", what, caller.Address);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }
}
