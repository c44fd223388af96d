namespace Fairlead.Contracts.Access;

/// <summary><c>GET /api/v1/people</c>: someone who can sign in.</summary>
/// <param name="Role"><c>member</c>, <c>maintainer</c> or <c>administrator</c>.</param>
/// <param name="HasPassword">False until they set one; a one-time link signs them in meanwhile.</param>
/// <param name="LockedUntil">Set while signing in pauses after failures.</param>
public sealed record Person(
    string Name,
    string DisplayName,
    string Role,
    bool Disabled,
    bool HasPassword,
    DateTimeOffset? LockedUntil,
    DateTimeOffset CreatedAt
);

/// <summary><c>POST /api/v1/people</c></summary>
/// <param name="Password">Null: the answer has a one-time link with which they sign in and choose one.</param>
public sealed record NewPerson(string Name, string Role, string? DisplayName = null, string? Password = null);

/// <summary>The answer to it.</summary>
/// <param name="Link">A one-time sign-in link to hand to them, when no password was given.</param>
public sealed record PersonMade(Person Person, string? Link);

/// <summary><c>PATCH /api/v1/people/{name}</c>: what is null stays.</summary>
public sealed record PersonChange(string? DisplayName = null, string? Role = null, bool? Disabled = null);

/// <summary>
/// The answer to <c>POST /api/v1/people/{name}/reset</c>: their password is gone, this link signs them in.
/// </summary>
public sealed record LinkMade(string Link, DateTimeOffset ExpiresAt);

/// <summary><c>PUT /api/v1/password</c>: one's own. Ends all other sessions.</summary>
/// <param name="Current">Null when there is none yet.</param>
public sealed record PasswordChange(string? Current, string Password);
