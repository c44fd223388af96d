using System.Text.Json.Serialization;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Registries;

namespace Fairlead.Server.Registry;

/// <summary>What registry clients expect, by the distribution project's token specification.</summary>
internal sealed record IssuedToken(
    [property: JsonPropertyName("token")] string Token,
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("issued_at")] string IssuedAt
);

/// <summary>
/// Answers a registry client's question for a token. Refresh tokens are not issued, so every client keeps to the
/// simplest form: GET with basic authentication.
/// </summary>
internal sealed class IssueRegistryToken(
    RegistryOptions registry,
    IdentifyClient identify,
    GrantAccess grant,
    RegistryTokens tokens,
    TimeProvider time
)
{
    public async Task<Outcome<IssuedToken>> Run(
        HttpContext request,
        string? service,
        IReadOnlyList<string?> scopes,
        CancellationToken cancel
    )
    {
        if (service != registry.Name)
            return RegistryFailures.WrongService(service ?? "");
        if (!(await identify.Run(request, cancel)).Try(out var client, out var failure))
            return failure;
        var access = await grant.Run(client, RegistryScope.Parse(scopes), cancel);
        var token = await tokens.Mint(client.Subject, access, cancel);
        var issued = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ");
        return new IssuedToken(token, token, (int)RegistryTokens.Life.TotalSeconds, issued);
    }
}
