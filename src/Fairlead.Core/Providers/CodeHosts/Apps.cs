using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;

namespace Fairlead.Core.Providers.CodeHosts;

/// <summary>The host makes an App for this instance: an account of its own there, with a key, not a token.</summary>
public interface IMakeApps
{
    IAppMaker Apps { get; }
}

/// <summary>
/// Makes an App by a manifest that an administrator posts to the host in a browser, and knows where it is installed.
/// </summary>
public interface IAppMaker
{
    /// <summary>What the browser posts. The host's answer comes back to <see cref="AppWish.Made"/>.</summary>
    Outcome<AppForm> Form(Target site, AppWish wish, string state);

    /// <summary>Turns the code that came back into the App; works once, within the hour.</summary>
    Task<Outcome<MadeApp>> Redeem(Target site, Secret code, CancellationToken cancel);

    /// <summary>Where a person installs it. The host's answer comes back to <see cref="AppWish.Installed"/>.</summary>
    /// <param name="page">The App's own, of <see cref="MadeApp.Page"/>.</param>
    Outcome<Uri> PageToInstall(Target site, Uri page, string state);

    /// <summary>Where the App is installed, as the host tells whoever has its key.</summary>
    /// <param name="app">With what <see cref="Redeem"/> gave.</param>
    Task<Outcome<IReadOnlyList<AppInstallation>>> Installations(Target app, CancellationToken cancel);

    /// <summary>One installation, of which no more is believed than the host says to the App's key.</summary>
    Task<Outcome<AppInstallation>> Installation(Target app, string id, CancellationToken cancel);

    /// <summary>The credential of a connection by one installation.</summary>
    PreparedCredential For(Target app, AppInstallation installation);
}

/// <summary>What an App shall be called, and where the host sends people back to.</summary>
/// <param name="Home">This instance.</param>
/// <param name="Organization">Whose it shall be; null for the account of who makes it.</param>
public sealed record AppWish(string Name, Uri Home, Uri Made, Uri Installed, string? Organization);

/// <summary>A form that a browser posts to the host.</summary>
/// <param name="Site">The site as people name it.</param>
/// <param name="Field">The name of the one field.</param>
public sealed record AppForm(string Site, Uri Address, string Field, string Manifest);

/// <summary>An App as the host made it; its secrets are told only now.</summary>
/// <param name="Owner">The account that it belongs to.</param>
/// <param name="Page">Its public page.</param>
/// <param name="Secrets">By field name.</param>
/// <param name="Shown">What may be seen beside them.</param>
public sealed record MadeApp(
    string Name,
    string Owner,
    Uri Page,
    IReadOnlyDictionary<string, Secret> Secrets,
    IReadOnlyDictionary<string, string> Shown
);

/// <summary>An App on one account.</summary>
/// <param name="Id">The host's.</param>
/// <param name="Account">Whose repositories it opens.</param>
/// <param name="OpensAll">All repositories of the account, present and future.</param>
public sealed record AppInstallation(string Id, string Account, bool OpensAll, bool IsSuspended);
