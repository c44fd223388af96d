using Fairlead.Core.Registries;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Fairlead.Server.Registry;

/// <summary>Mints the bearer tokens that the managed registry accepts.</summary>
internal sealed class RegistryTokens(RegistryOptions options, RegistryKeys keys, TimeProvider time)
{
    /// <summary>Long enough for a slow push to start each request; the registry allows 60 s more.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    public const string Issuer = "fairlead";

    /// <param name="subject">Who pushes or pulls; comes back as the actor of the registry's notifications.</param>
    /// <param name="access">What is granted, already cut to what the subject may do.</param>
    public async Task<string> Mint(string subject, IReadOnlyList<RegistryScope> access, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var key = await keys.Signing(cancel);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Issuer,
                Audience = options.Name,
                NotBefore = now.AddSeconds(-5),
                IssuedAt = now,
                Expires = now + Life,
                SigningCredentials = key.Credentials,
                Claims = new Dictionary<string, object>
                {
                    [JwtRegisteredClaimNames.Sub] = subject,
                    [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("N"),
                    ["access"] = access.Select(ToClaim).ToArray(),
                },
            }
        );
    }

    private static Dictionary<string, object> ToClaim(RegistryScope scope) =>
        new()
        {
            ["type"] = scope.Type,
            ["name"] = scope.Name,
            ["actions"] = scope.Actions.ToArray(),
        };
}
