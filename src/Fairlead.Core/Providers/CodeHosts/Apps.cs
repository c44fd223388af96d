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

    /// <summary>Which of the App's secrets is its key, by the name of its field in the kind's form.</summary>
    string KeyField { get; }

    /// <summary>The credential of a connection by one installation.</summary>
    PreparedCredential For(Target app, AppInstallation installation);
}
