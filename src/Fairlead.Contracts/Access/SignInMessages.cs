namespace Fairlead.Contracts.Access;

/// <summary><c>POST /api/v1/sign-in</c>: name and password for an API token, as <c>fairlead login</c> does.</summary>
/// <param name="TokenName">What the token is listed as; null for a plain one.</param>
public sealed record SignInRequest(string Name, string Password, string? TokenName = null);

/// <summary>
/// <c>POST /api/v1/setup</c>: the first administrator, with the secret of the link the server printed.
/// </summary>
/// <param name="Link">What follows <c>/link/</c>.</param>
public sealed record SetUpRequest(string Link, string Name, string Password, string? DisplayName = null);

/// <summary>The answer to both.</summary>
/// <param name="Token">Seen this once; it ends at <paramref name="ExpiresAt"/>.</param>
public sealed record SignedIn(string Name, string Role, string Token, DateTimeOffset? ExpiresAt)
{
    /// <summary>Without the token, so it cannot slip into a log.</summary>
    public override string ToString() => $"{Name} ({Role})";
}

/// <summary><c>GET /api/v1/whoami</c></summary>
public sealed record WhoAmI(
    string Name,
    string DisplayName,
    string Role,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Groups
);
