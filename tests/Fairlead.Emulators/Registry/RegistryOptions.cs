using System.Security.Cryptography.X509Certificates;

namespace Fairlead.Emulators.Registry;

/// <summary>How a registry asks who is there.</summary>
public abstract record RegistryLogin
{
    /// <summary>It does not.</summary>
    public sealed record Open : RegistryLogin;

    /// <summary>User names and passwords over Basic.</summary>
    public sealed record Basic(IReadOnlyDictionary<string, string> Users) : RegistryLogin;

    /// <summary>Docker-v2 bearer tokens of a token service.</summary>
    /// <param name="RootCertificates">A PEM file of those whose tokens count.</param>
    public sealed record Token(Uri Realm, string Service, string Issuer, string RootCertificates) : RegistryLogin;
}

/// <param name="Login">How it asks who is there.</param>
public sealed record RegistryOptions(RegistryLogin Login)
{
    /// <summary>Of this machine.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Where images are kept; null is a directory that goes away with the registry.</summary>
    public string? Storage { get; init; }

    /// <summary>Serves https with it.</summary>
    public X509Certificate2? Certificate { get; init; }

    public static RegistryOptions Open { get; } = new(new RegistryLogin.Open());

    public static RegistryOptions Basic(string user, string password) =>
        new(new RegistryLogin.Basic(new Dictionary<string, string> { [user] = password }));
}
