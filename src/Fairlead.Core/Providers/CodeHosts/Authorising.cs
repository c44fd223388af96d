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
