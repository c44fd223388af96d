namespace Fairlead.Contracts.Authorisations;

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
