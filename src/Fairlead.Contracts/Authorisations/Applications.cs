namespace Fairlead.Contracts.Authorisations;

/// <summary><c>POST /api/v1/applications</c>: this instance, as it was registered at a host.</summary>
public sealed record NewApplication(string Kind, string ClientId, string ClientSecret)
{
    /// <summary>The settings of the kind's form that say where the host is; empty for the kind's public site.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}

/// <summary>An application that people can grant access to.</summary>
/// <param name="Site">Where: <c>https://git.example.com</c>.</param>
/// <param name="Grants">How many credentials it renews.</param>
public sealed record ApplicationInfo(
    long Id,
    string Kind,
    string Site,
    string ClientId,
    string Callback,
    int Grants,
    DateTimeOffset CreatedAt
);

/// <summary><c>POST /api/v1/apps</c>: an App that a host shall make for this instance.</summary>
public sealed record NewApp(string Kind)
{
    /// <summary>The settings of the kind's form that say where the host is; empty for the kind's public site.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The organization whose App it shall be; the account of who makes it when null.</summary>
    public string? Organization { get; init; }
}

/// <summary>What a browser, signed in here as the same person, posts to the host: a form of one field.</summary>
/// <param name="ExpiresAt">Until when the host's answer is waited for.</param>
public sealed record AppStart(string Site, string Address, string Field, string Manifest, DateTimeOffset ExpiresAt);

/// <summary>An App that a host made for this instance.</summary>
/// <param name="Account">The account at the host that it belongs to.</param>
/// <param name="Page">Its page there.</param>
public sealed record AppInfo(
    long Id,
    string Kind,
    string Site,
    string Name,
    string Account,
    string Page,
    DateTimeOffset CreatedAt
);

/// <summary>Where an App is installed, as its host tells.</summary>
/// <param name="OpensAll">All repositories of the account, present and future.</param>
/// <param name="Connection">The connection by it that the caller knows of; null when there is none.</param>
public sealed record InstallationInfo(string Id, string Account, bool OpensAll, bool IsSuspended, string? Connection);

/// <summary>The host's page that installs an App, for a browser that is signed in here as the same person.</summary>
public sealed record InstallationStart(string Address, string Site, DateTimeOffset ExpiresAt);

/// <summary><c>POST /api/v1/grants</c>: a connection that a person is about to grant at the host.</summary>
/// <param name="Application">Its number.</param>
public sealed record NewGrant(long Application)
{
    /// <summary>What the connection will be called; the kind's title when null.</summary>
    public string? Name { get; init; }

    /// <summary>The connection's ID; a free one is made from the name when null.</summary>
    public string? Id { get; init; }

    /// <summary>An existing connection to grant again instead of making one.</summary>
    public string? Again { get; init; }
}

/// <summary>The host's page to open, in a browser that is signed in here as the same person.</summary>
/// <param name="Connection">The ID the connection will have.</param>
/// <param name="ExpiresAt">Until when the answer is waited for.</param>
public sealed record GrantStart(string Address, string Site, string Connection, DateTimeOffset ExpiresAt);

/// <summary><c>POST /api/v1/grants/devices</c>: what a person types on which page of the host.</summary>
/// <param name="Id">To follow it by: <c>POST /api/v1/grants/devices/{id}</c>.</param>
/// <param name="Connection">The ID the connection will have.</param>
/// <param name="WaitSeconds">To wait before following.</param>
public sealed record DeviceGrant(
    long Id,
    string UserCode,
    string Page,
    string Site,
    string Connection,
    DateTimeOffset ExpiresAt,
    int WaitSeconds
);

/// <summary>What became of a code; what went wrong is answered as a problem.</summary>
/// <param name="Connection">The ID of the bound connection; null while nobody has decided.</param>
/// <param name="WaitSeconds">To wait before asking again.</param>
public sealed record DeviceGrantState(string? Connection, int WaitSeconds);
