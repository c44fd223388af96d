using Fairlead.Core.Secrets;

namespace Fairlead.Core.Providers.CodeHosts;

/// <summary>What an App shall be called, and where the host sends people back to.</summary>
/// <param name="Home">This instance.</param>
/// <param name="Organization">Whose it shall be; null for the account of who makes it.</param>
/// <param name="WritesCode">It may also change branches.</param>
public sealed record AppWish(
    string Name,
    Uri Home,
    Uri Made,
    Uri Installed,
    string? Organization,
    bool WritesCode = false
);

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
