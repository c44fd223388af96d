using Fairlead.Emulators.Programs;
using Fairlead.Emulators.Tls;

namespace Fairlead.Emulators.Registry;

/// <summary>The real docker-registry on a port of its own.</summary>
public sealed class RegistryHost : IAsyncDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("emulator-registry-").FullName;
    private Daemon _registry = null!;

    private RegistryHost() { }

    /// <summary>Ends in a slash.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>What stands before the repository in an image reference.</summary>
    public string Host => Url.Authority;

    public string Log => _registry.Log;

    public static async Task<RegistryHost> Start(RegistryOptions options)
    {
        var host = new RegistryHost();
        var config = Path.Combine(host._state, "config.yml");
        await File.WriteAllTextAsync(config, host.Config(options));
        host._registry = Daemon.Start("docker-registry", ["serve", config]);
        var line = await host._registry.WaitForLine(line => line.Contains("listening on "));
        host.Url = new Uri($"{(options.Certificate is null ? "http" : "https")}://{AddressIn(line)}/");
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }

    private static string AddressIn(string line) =>
        line[(line.IndexOf("listening on ", StringComparison.Ordinal) + 13)..].Split(['"', ',', ' '])[0];

    private string Config(RegistryOptions options) =>
        $$"""
            version: 0.1
            log: { level: info, accesslog: { disabled: true } }
            storage:
              filesystem: { rootdirectory: "{{options.Storage ?? Path.Combine(_state, "storage")}}" }
              delete: { enabled: true }
            http:
              addr: {{options.Address}}:{{options.Port}}
              relativeurls: true
            {{Tls(options)}}
            {{Login(options.Login)}}

            """;

    private string Tls(RegistryOptions options)
    {
        if (options.Certificate is null)
            return "";
        var (certificate, key) = TestAuthority.Write(options.Certificate, _state);
        return $"  tls: {{ certificate: \"{certificate}\", key: \"{key}\" }}";
    }

    private string Login(RegistryLogin login)
    {
        switch (login)
        {
            case RegistryLogin.Basic basic:
                var file = Path.Combine(_state, "htpasswd");
                File.WriteAllLines(file, basic.Users.Select(user => $"{user.Key}:{Bcrypt.Hash(user.Value)}"));
                return $"auth: {{ htpasswd: {{ realm: registry, path: \"{file}\" }} }}";
            case RegistryLogin.Token token:
                return $"auth: {{ token: {{ realm: \"{token.Realm}\", service: \"{token.Service}\", "
                    + $"issuer: \"{token.Issuer}\", rootcertbundle: \"{token.RootCertificates}\" }} }}";
            default:
                return "";
        }
    }
}
