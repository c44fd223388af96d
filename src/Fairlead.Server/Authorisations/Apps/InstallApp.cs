using Fairlead.Contracts.Authorisations;
using Fairlead.Contracts.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Authorisations.Apps;

/// <summary>What a host sent a person back with after its page that installs an App.</summary>
internal sealed record InstallAnswer(string Kind, string? State, string? Installation, string? Action);

/// <summary>
/// Sends a person to install an App, and makes the connection by what was installed. The number in the address is
/// anybody's word: the host is asked with the App's key before it counts.
/// </summary>
internal sealed class InstallApp(
    FairleadDb db,
    GrantRequests requests,
    OpenApp open,
    CreateConnection create,
    VerifyConnection verify
)
{
    public async Task<Outcome<InstallationStart>> Start(long id, Caller caller, CancellationToken cancel)
    {
        if (!(await open.Run(id, cancel)).Try(out var app, out var failure))
            return failure;
        var state = GrantRequests.Random();
        var asked = await requests.New(GrantRequestRow.ForInstallation, app.Row.Kind, state, caller, cancel);
        if (!asked.Try(out var row, out failure))
            return failure;
        if (!app.Host.PageToInstall(app.Target, new Uri(app.Row.Page), state).Try(out var page, out failure))
            return failure;
        row.AppId = id;
        await requests.Store(row, new Dictionary<string, Secret>(), cancel);
        return new InstallationStart(page.AbsoluteUri, app.Row.Site, row.ExpiresAt);
    }

    public async Task<Outcome<ConnectionView>> Finish(InstallAnswer answer, Caller caller, CancellationToken cancel)
    {
        var taken = await requests.Take(GrantRequestRow.ForInstallation, answer.Kind, answer.State, caller, cancel);
        if (!taken.Try(out var request, out var failure))
            return failure;
        if (!(await open.Run(request.AppId, cancel)).Try(out var app, out failure))
            return failure;
        if (answer.Action == "request")
            return AuthorisationFailures.InstallationRequested(app.Row.Name);
        return string.IsNullOrEmpty(answer.Installation)
            ? AuthorisationFailures.NotInstalled(app.Row.Name)
            : await Bind(app, answer.Installation, caller, cancel);
    }

    /// <summary>The connection by this installation: the one that is there, verified anew, or a new one.</summary>
    public async Task<Outcome<ConnectionView>> Bind(
        long id,
        string installation,
        Caller caller,
        CancellationToken cancel
    ) =>
        (await open.Run(id, cancel)).Try(out var app, out var failure)
            ? await Bind(app, installation, caller, cancel)
            : failure;

    private async Task<Outcome<ConnectionView>> Bind(
        OpenedApp app,
        string installation,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (!(await app.Host.Installation(app.Target, installation, cancel)).Try(out var found, out var failure))
            return failure;
        var credential = app.Host.For(app.Target, found);
        if (await Existing(app.Row.Kind, credential.Shown, caller, cancel) is { } slug)
            return await verify.Run(slug, caller, cancel);
        var wished = new NewConnection($"{found.Account} by {app.Row.Name}", app.Row.Kind)
        {
            Id = await FreeSlug(Slugs.From(found.Account), cancel),
            Settings = app.Row.Settings,
        };
        var granted = new GrantedCredential(credential, AppId: app.Row.Id);
        return await create.Run(wished, caller, cancel, granted);
    }

    private async Task<string?> Existing(
        string kind,
        IReadOnlyDictionary<string, string> shown,
        Caller caller,
        CancellationToken cancel
    ) =>
        (await Bound(db, kind, caller, cancel))
            .FirstOrDefault(one => shown.All(field => one.Shown.GetValueOrDefault(field.Key) == field.Value))
            ?.Slug;

    /// <summary>The caller's own connections of this kind, and what may be seen of their credentials.</summary>
    public static async Task<IReadOnlyList<ShownConnection>> Bound(
        FairleadDb db,
        string kind,
        Caller caller,
        CancellationToken cancel
    ) =>
        await (
            from connection in db.Set<ConnectionRow>()
            where connection.Kind == kind && connection.OwnerId == caller.PersonId
            join credential in db.Set<CredentialRow>() on connection.CredentialId equals credential.Id
            orderby connection.Id
            select new ShownConnection(connection.Slug, credential.Shown)
        )
            .AsNoTracking()
            .ToListAsync(cancel);

    private async Task<string> FreeSlug(string slug, CancellationToken cancel)
    {
        var taken = await db.Set<ConnectionRow>()
            .Where(row => row.Slug.StartsWith(slug))
            .Select(row => row.Slug)
            .ToListAsync(cancel);
        return Slugs.Free(slug, taken);
    }
}
