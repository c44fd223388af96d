namespace Fairlead.Contracts.Authorisations;

/// <summary><c>POST /api/v1/apps</c>: an App that a host shall make for this instance.</summary>
public sealed record NewApp(string Kind)
{
    /// <summary>The settings of the kind's form that say where the host is; empty for the kind's public site.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The organization whose App it shall be; the account of who makes it when null.</summary>
    public string? Organization { get; init; }

    /// <summary>It may also change branches; without, it reads code only.</summary>
    public bool WritesCode { get; init; }
}

/// <summary><c>PUT /api/v1/apps/{id}/key</c>: a key that its page at the host made, in place of the old one.</summary>
public sealed record AppKey(string Key);

/// <summary>What a browser, signed in here as the same person, posts to the host: a form of one field.</summary>
/// <param name="ExpiresAt">Until when the host's answer is waited for.</param>
public sealed record AppStart(string Site, string Address, string Field, string Manifest, DateTimeOffset ExpiresAt);

/// <summary>An App that a host made for this instance.</summary>
/// <param name="Account">The account at the host that it belongs to.</param>
/// <param name="Page">Its page there.</param>
/// <param name="Version">Of its key; it grows with each replacement.</param>
/// <param name="Credentials">How many have its key.</param>
public sealed record AppInfo(
    long Id,
    string Kind,
    string Site,
    string Name,
    string Account,
    string Page,
    int Version,
    int Credentials,
    DateTimeOffset CreatedAt
);

/// <summary>Where an App is installed, as its host tells.</summary>
/// <param name="OpensAll">All repositories of the account, present and future.</param>
/// <param name="Connection">The connection by it that the caller knows of; null when there is none.</param>
public sealed record InstallationInfo(string Id, string Account, bool OpensAll, bool IsSuspended, string? Connection);

/// <summary>The host's page that installs an App, for a browser that is signed in here as the same person.</summary>
public sealed record InstallationStart(string Address, string Site, DateTimeOffset ExpiresAt);
