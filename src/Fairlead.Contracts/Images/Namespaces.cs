namespace Fairlead.Contracts.Images;

/// <summary>A group of image repositories.</summary>
/// <param name="Images">How many it has.</param>
public sealed record NamespaceInfo(string Name, string Summary, int Images, DateTimeOffset CreatedAt);

/// <summary><c>POST /api/v1/namespaces</c>.</summary>
public sealed record NamespaceInput(string Name, string Summary = "");
