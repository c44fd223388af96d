namespace Fairlead.Contracts.Access;

/// <summary><c>GET /api/v1/groups</c></summary>
public sealed record Group(string Name, IReadOnlyList<string> Members, DateTimeOffset CreatedAt);

/// <summary><c>POST /api/v1/groups</c></summary>
public sealed record NewGroup(string Name);
