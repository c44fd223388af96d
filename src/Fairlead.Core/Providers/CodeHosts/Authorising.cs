using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;

namespace Fairlead.Core.Providers.CodeHosts;

/// <summary>Lets a person grant access on the host's own page.</summary>
public interface IAuthorise
{
    IGrants Grants { get; }
}

/// <summary>
/// OAuth 2.0 by authorization code (RFC 6749, 7636, 9700), and by device where a host has it (RFC 8628). All of it
/// speaks to the site that the target's settings name; the target has no credential.
/// </summary>
public interface IGrants
{
    /// <summary>What people are asked for, as the host spells it.</summary>
    string Scopes { get; }

    /// <summary>What an administrator has to register at the host, once.</summary>
    Outcome<GrantGuide> Guide(Target site);

    /// <summary>A person can also type a code on another device's browser.</summary>
    bool HasDevices { get; }

    /// <summary>The page that asks the person. Its answer comes back to the application's callback.</summary>
    Outcome<Uri> PageToAsk(Target site, GrantApplication application, string state, string challenge);

    /// <summary>Turns the code that came back into tokens; works once.</summary>
    Task<Outcome<Grant>> Exchange(
        Target site,
        GrantApplication application,
        Secret code,
        Secret verifier,
        CancellationToken cancel
    );

    /// <summary>
    /// New tokens for the refresh token, which is worth nothing afterwards. <see cref="GrantFailures.Ended"/> when it
    /// was worth nothing before; any other failure says nothing about the grant.
    /// </summary>
    Task<Outcome<Grant>> Refresh(
        Target site,
        GrantApplication application,
        Secret refreshToken,
        CancellationToken cancel
    );

    /// <summary>Asks for a code that a person types on the host's page.</summary>
    Task<Outcome<DeviceCode>> StartDevice(Target site, GrantApplication application, CancellationToken cancel);

    /// <summary>
    /// Asks once whether the person has decided: <see cref="GrantFailures.Waiting"/> and
    /// <see cref="GrantFailures.SlowDown"/> while not.
    /// </summary>
    Task<Outcome<Grant>> AskDevice(
        Target site,
        GrantApplication application,
        Secret deviceCode,
        CancellationToken cancel
    );
}

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
