using Fairlead.Core.Secrets;

namespace Fairlead.Core.Providers.CodeHosts;

/// <summary>What a person types where, and what we ask with meanwhile.</summary>
/// <param name="Interval">The shortest time between two questions.</param>
public sealed record DeviceCode(Secret Code, string UserCode, Uri Page, TimeSpan Life, TimeSpan Interval);

/// <param name="Site">The site as people name it: <c>https://git.example.com</c>.</param>
/// <param name="Register">The page where an application is registered.</param>
public sealed record GrantGuide(string Site, Uri Register);

/// <summary>This instance, as it is registered at a host.</summary>
/// <param name="Callback">Exactly as registered: hosts compare it letter by letter.</param>
public sealed record GrantApplication(string ClientId, Secret ClientSecret, Uri Callback);

/// <summary>What a person granted.</summary>
/// <param name="RefreshToken">Null where the access token does not end.</param>
/// <param name="ExpiresAt">When the access token ends; null when it does not, or the host does not tell.</param>
public sealed record Grant(Secret AccessToken, Secret? RefreshToken, DateTimeOffset? ExpiresAt)
{
    /// <summary>The secret field that every such kind reads its token from, granted or pasted.</summary>
    public const string AccessField = "token";

    public const string RefreshField = "refreshToken";

    /// <summary>What is sealed, and the mark by which a provider tells it from a pasted token.</summary>
    public PreparedCredential ToCredential()
    {
        var secrets = new Dictionary<string, Secret> { [AccessField] = AccessToken };
        if (RefreshToken is not null)
            secrets[RefreshField] = RefreshToken;
        return new PreparedCredential(secrets, new Dictionary<string, string> { [Target.Way] = Target.Granted });
    }
}
