using Fairlead.Core.Outcomes;

namespace Fairlead.Runner.Images;

/// <summary>
/// Settles with a registry how a push logs in, before anyone else is told the password. Behind a door an engine
/// reaches the registry but not its token service, so it gets a token instead.
/// </summary>
internal static class RegistryTokens
{
    /// <summary>What docker's daemon should present; null when the registry asks for nothing.</summary>
    /// <param name="door">Whether the daemon reaches the registry through a door.</param>
    public static async Task<Outcome<RegistryLogin?>> ForPush(PushTarget target, bool door, CancellationToken cancel)
    {
        if (target.Caller() is not { } key)
            return (RegistryLogin?)null;
        using var registry = new RegistryCaller(key);
        if (await registry.Hello(cancel) is not { } hello)
            return RegistryFaults.Push(registry.Fault, target.Registry);
        if (!hello.Asks || key.Username.Length == 0)
            return (RegistryLogin?)null;
        if (hello.Realm is not null)
            return !door ? RegistryLogin.Basic(key)
                : await registry.Token(hello, $"repository:{target.Repository}:pull,push", cancel) is { } token
                    ? RegistryLogin.Bearer(key.Host, token)
                : BuildFailures.NoToken(target.Registry);
        // Asked before docker is, which tries a wrong password for a quarter of a minute.
        return await registry.TakesPassword(cancel) switch
        {
            true => RegistryLogin.Basic(key),
            false => BuildFailures.PushDenied($"{target.Registry}/{target.Repository}"),
            null => RegistryFaults.Push(registry.Fault, target.Registry),
        };
    }

    /// <summary>Whether a client may be given the login: the registry is the one meant, and so is its realm.</summary>
    public static async Task<Failure?> Doubt(PushTarget target, CancellationToken cancel)
    {
        if (target.Caller() is not { } key)
            return null;
        using var registry = new RegistryCaller(key);
        return await registry.Hello(cancel) is null ? RegistryFaults.Push(registry.Fault, target.Registry) : null;
    }

    /// <summary>
    /// The target's key with the target's trust. Null where there is neither a password nor a certificate to protect.
    /// </summary>
    private static RegistryKey? Caller(this PushTarget target)
    {
        var key = target.Key ?? RegistryKey.None(target.Registry);
        return key.Username.Length == 0 && target.PlainHttp
            ? null
            : key with
            {
                PlainHttp = target.PlainHttp,
                CertificateAuthorities = target.CertificateAuthorities,
            };
    }
}
