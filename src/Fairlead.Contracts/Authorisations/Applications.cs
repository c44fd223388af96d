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
