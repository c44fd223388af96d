using Fairlead.Core.Secrets;
using Fairlead.Server.Hosting;

namespace Fairlead.Server.Registry;

/// <summary>Writes the configuration file of the managed registry.</summary>
internal static class RegistryConfig
{
    /// <summary>
    /// The file holds the key for notifications, so it is readable by its owner alone. Answers whether it changed: a
    /// registry that already runs has to be started again then.
    /// </summary>
    public static bool Write(RegistryOptions registry, ServerOptions server, string certificate, Secret eventsKey)
    {
        Directory.CreateDirectory(
            registry.Root,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        var config = Compose(registry, server, eventsKey);
        return WriteIfNew(registry.CertificateFile, certificate) | WriteIfNew(registry.ConfigFile, config);
    }

    private static bool WriteIfNew(string path, string content)
    {
        if (File.Exists(path) && File.ReadAllText(path) == content)
            return false;
        var fresh = path + ".new";
        File.Delete(fresh);
        using (
            var file = new FileStream(
                fresh,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            )
        )
            file.Write(System.Text.Encoding.UTF8.GetBytes(content));
        File.Move(fresh, path, overwrite: true);
        return true;
    }

    private static string Compose(RegistryOptions registry, ServerOptions server, Secret eventsKey) =>
        $"""
            version: 0.1
            log:
              level: warn
              accesslog:
                disabled: true
            storage:
              filesystem:
                rootdirectory: {Quote(Path.Combine(registry.Root, "blobs"))}
              delete:
                enabled: true
            http:
              addr: {Quote(registry.Address)}
              relativeurls: true
              {Tls(server)}
            auth:
              token:
                realm: {Quote(server.BaseUrl + RegistryOptions.TokenPath)}
                service: {Quote(registry.Name)}
                issuer: {RegistryTokens.Issuer}
                rootcertbundle: {Quote(registry.CertificateFile)}
            notifications:
              endpoints:
                - name: fairlead
                  url: {Quote(server.LocalUrl + RegistryOptions.EventsPath)}
                  headers:
                    Authorization: [{Quote("Bearer " + eventsKey.Reveal())}]
                  timeout: 5s
                  threshold: 3
                  backoff: 1s
                  ignoredmediatypes:
                    - application/octet-stream

            """;

    private static string Tls(ServerOptions server) =>
        server is { Certificate: { } certificate, CertificateKey: { } key }
            ? $$"""tls: {certificate: {{Quote(certificate)}}, key: {{Quote(key)}}}"""
            : "# plain http: nothing but loopback may reach it, or a proxy that speaks TLS";

    /// <summary>YAML's single-quoted form: only the quote itself needs doubling.</summary>
    private static string Quote(string text) => $"'{text.Replace("'", "''")}'";
}
