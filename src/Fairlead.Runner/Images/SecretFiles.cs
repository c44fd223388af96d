using System.Text.Json;
using Fairlead.Core.Secrets;

namespace Fairlead.Runner.Images;

/// <summary>
/// A directory of secret files for one call of an engine, on tmpfs, for our eyes only; gone when disposed.
/// </summary>
internal sealed class SecretFiles : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private SecretFiles(string path) => Path = path;

    public string Path { get; }

    public static SecretFiles In(string tmpfs)
    {
        var path = System.IO.Path.Combine(tmpfs, $"engine-{Guid.NewGuid():N}");
        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        return new SecretFiles(path);
    }

    /// <summary>Writes one file and returns its path.</summary>
    public string Write(string name, ReadOnlySpan<byte> content)
    {
        var path = System.IO.Path.Combine(Path, name);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        };
        using var file = new FileStream(path, options);
        file.Write(content);
        return path;
    }

    /// <summary>
    /// A configuration of the containers world (docker's config.json, also what skopeo calls an authfile) with these
    /// logins; returns its path.
    /// </summary>
    public string WriteLogins(IEnumerable<RegistryLogin> logins) => Write("config.json", Logins(logins));

    /// <summary>The content of such a configuration.</summary>
    public static byte[] Logins(IEnumerable<RegistryLogin> logins)
    {
        var auths = logins.ToDictionary(login => login.Host, login => login.Fields);
        if (auths.TryGetValue(RegistryLogin.DockerHub, out var hub))
            auths[RegistryLogin.DockerHubToDocker] = hub;
        return JsonSerializer.SerializeToUtf8Bytes(new { auths });
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>One entry of a docker configuration.</summary>
/// <param name="Host">Host and port.</param>
/// <param name="Fields">As docker spells them; holds the secret.</param>
internal sealed record RegistryLogin(string Host, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>As references have it; its registry answers elsewhere.</summary>
    public const string DockerHub = "docker.io";

    /// <summary>What docker's own client calls it in its configuration, and nothing else.</summary>
    public const string DockerHubToDocker = "https://index.docker.io/v1/";

    public static RegistryLogin Basic(RegistryKey key) =>
        new(
            key.Host,
            new Dictionary<string, string>
            {
                ["auth"] = Convert.ToBase64String([
                    .. System.Text.Encoding.UTF8.GetBytes(key.Username + ":"),
                    .. key.Password.Bytes,
                ]),
            }
        );

    /// <summary>A ready token, for an engine that cannot reach the token service itself.</summary>
    public static RegistryLogin Bearer(string host, Secret token) =>
        new(host, new Dictionary<string, string> { ["registrytoken"] = token.Reveal() });

    public override string ToString() => $"login at {Host}";
}
