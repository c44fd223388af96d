namespace Fairlead.Core.Sources;

/// <summary>
/// Where a repository is fetched from, rebuilt from parsed parts: never what a person typed, never with user info.
/// </summary>
/// <param name="Url">
/// Canonical: <c>https://host:port/path</c>, <c>http://...</c> or <c>ssh://user@host:port/path</c>.
/// </param>
/// <param name="CertificateAuthorities">PEM bundle to trust besides the system's, or null.</param>
/// <param name="HostKeys">Lines of a known_hosts file, or null for https.</param>
public sealed record RepositoryAddress(string Url, string? CertificateAuthorities, string? HostKeys)
{
    public bool IsSsh => Url.StartsWith("ssh://", StringComparison.Ordinal);
}
