namespace Fairlead.Contracts.Access;

/// <summary><c>GET /api/v1/tokens</c>: one of the caller's API tokens; its text is never shown again.</summary>
/// <param name="Hint">The last four characters.</param>
public sealed record ApiToken(
    long Id,
    string Name,
    string Hint,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt
);

/// <summary><c>POST /api/v1/tokens</c></summary>
/// <param name="Scopes">Some of <c>api:read api:write api:admin registry:pull registry:push</c>.</param>
/// <param name="Days">How long it lives, 1 to 366.</param>
public sealed record NewToken(string Name, IReadOnlyList<string> Scopes, int Days = 90);

/// <summary>The answer to it.</summary>
/// <param name="Secret">The token's text, shown this once.</param>
public sealed record TokenMade(ApiToken Token, string Secret)
{
    public override string ToString() => Token.ToString();
}

/// <summary><c>GET /api/v1/sessions</c>: one of the caller's signed-in browsers.</summary>
/// <param name="Current">The one asking.</param>
public sealed record Session(
    long Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset ExpiresAt,
    string? UserAgent,
    string? Address,
    bool Current
);
