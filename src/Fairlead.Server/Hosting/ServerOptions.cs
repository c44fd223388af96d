using System.Globalization;
using Fairlead.Programs.Git;
using Fairlead.Server.Data;
using Fairlead.Server.Execution;
using Fairlead.Server.Execution.Engines;

namespace Fairlead.Server.Hosting;

/// <summary>
/// How this server was started. Read once from the command line (<c>--data</c>), the environment
/// (<c>FAIRLEAD_DATA</c>) or a configuration file; nothing else reads configuration.
/// </summary>
internal sealed record ServerOptions
{
    /// <summary>Everything the instance keeps, except the key file.</summary>
    public required string Data { get; init; }

    /// <summary>The key-encryption key's file; must not be inside <see cref="Data"/>.</summary>
    public required string KeyFile { get; init; }

    /// <summary>Address and port of API and console.</summary>
    public string Listen { get; init; } = "127.0.0.1:7080";

    /// <summary>Address and port of the managed registry; empty for none.</summary>
    public string RegistryListen { get; init; } = "127.0.0.1:7050";

    /// <summary>What people and code hosts reach the server by; null for the listening address.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>What image references begin with; null for <see cref="RegistryListen"/>.</summary>
    public string? RegistryName { get; init; }

    /// <summary>A PostgreSQL connection string; null for a SQLite file in <see cref="Data"/>.</summary>
    public string? Database { get; init; }

    /// <summary>The SQLite file, when there is no <see cref="Database"/>.</summary>
    public string DatabaseFile => Path.Combine(Data, "fairlead.db");

    /// <summary>The largest body a hook takes, in bytes: 64 KiB to 25 MiB.</summary>
    public long HookBodyLimit { get; init; } = 1024 * 1024;

    /// <summary>How many builds this machine runs at a time.</summary>
    public int Slots { get; init; } = 2;

    /// <summary>Days after a build's end that its log is kept; 0 for ever.</summary>
    public int LogRetentionDays { get; init; } = 90;

    public string? Certificate { get; init; }
    public string? CertificateKey { get; init; }

    /// <summary>Addresses of the reverse proxies whose forwarded headers are believed.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Names people may call this server by, besides the one in <see cref="PublicUrl"/>.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Allow plain http on an address other than loopback.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>Write the log as one JSON object a line.</summary>
    public bool JsonLogs { get; init; }

    /// <summary>The Unix socket that runners of this machine talk to.</summary>
    public string JobSocket => MachinePaths.Of(this).JobSocket;

    /// <summary><c>auto</c>, <c>buildkit</c> or <c>buildah</c>.</summary>
    public string Engine { get; init; } = "auto";

    /// <summary>What one build may use.</summary>
    public EngineLimits Limits { get; init; } = new();

    /// <summary>A docker host to build with instead of daemons of our own, or null.</summary>
    public string? DockerHost { get; init; }

    /// <summary>Directory with <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c> for TLS to that docker host.</summary>
    public string? DockerCertificates { get; init; }

    /// <summary>A buildx builder to build with, or null.</summary>
    public string? Buildx { get; init; }

    /// <summary>The directory in which buildx keeps its builders.</summary>
    public string BuildxConfig { get; init; } = "";

    /// <summary>The runner's executable; null for the one beside the server.</summary>
    public string? Runner { get; init; }

    /// <summary>Who commits the merges made here; null for Fairlead under the name of this instance.</summary>
    public CommitName? Committer { get; init; }

    public string BaseUrl => PublicUrl?.TrimEnd('/') ?? $"{(Certificate is null ? "http" : "https")}://{Listen}";

    /// <summary>The address of a one-time link.</summary>
    public string LinkTo(string secret) => $"{PublicUrl?.TrimEnd('/') ?? LocalUrl}/link/{secret}";

    /// <summary>What programs on this machine reach the server by: loopback when it listens on every address.</summary>
    public string LocalUrl
    {
        get
        {
            var listen = Listen.Replace("0.0.0.0:", "127.0.0.1:").Replace("[::]:", "[::1]:");
            return $"{(Certificate is null ? "http" : "https")}://{listen}";
        }
    }

    /// <summary>The address a code host sends to.</summary>
    public string HookUrl(string hookId) => $"{BaseUrl}/hooks/{hookId}";

    /// <summary>The command line, then the environment.</summary>
    /// <exception cref="StartupException">A value that will not do.</exception>
    public static ServerOptions Read(string[] args) =>
        Read(new ConfigurationBuilder().AddEnvironmentVariables("FAIRLEAD_").AddCommandLine(args).Build());

    public static ServerOptions Read(IConfiguration configuration)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string? Given(string name) =>
            // Environment variables cannot have dashes: FAIRLEAD_KEY_FILE.
            (configuration[name] ?? configuration[name.Replace('-', '_')])
                is { Length: > 0 } value
                ? value
                : null;
        int Number(string name, int usual, int least, int most) =>
            Given(name) is not { } text ? usual
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
                ? number
            : throw new StartupException(HostingFailures.NotANumber(name, text, least, most));
        return new ServerOptions
        {
            Data = Path.GetFullPath(Given("data") ?? Path.Combine(home, ".local/share/fairlead")),
            KeyFile = Path.GetFullPath(Given("key-file") ?? Path.Combine(home, ".config/fairlead/master.key")),
            Listen = Given("listen") ?? "127.0.0.1:7080",
            RegistryListen = configuration["registry-listen"] ?? configuration["registry_listen"] ?? "127.0.0.1:7050",
            PublicUrl = Given("public-url"),
            RegistryName = Given("registry-name"),
            Database = Given("database"),
            HookBodyLimit = Number("hook-body-limit", 1024 * 1024, 64 * 1024, 25 * 1024 * 1024),
            Slots = Number("slots", 2, 1, 64),
            LogRetentionDays = Number("log-retention-days", 90, 0, 36500),
            Certificate = Given("certificate"),
            CertificateKey = Given("certificate-key"),
            TrustedProxies = Given("trusted-proxies")?.Split(',', StringSplitOptions.TrimEntries) ?? [],
            AllowedHosts = Given("allowed-hosts")?.Split(',', StringSplitOptions.TrimEntries) ?? [],
            JsonLogs = Given("log-format") == "json",
            Engine = Given("engine") ?? "auto",
            Limits = BuildLimits.Read(Given("build-memory"), Given("build-cpus"), Given("build-processes")),
            DockerHost = Given("docker-host"),
            DockerCertificates = Given("docker-certificates"),
            Buildx = Given("buildx"),
            BuildxConfig = Path.GetFullPath(Given("buildx-config") ?? Path.Combine(home, ".docker/buildx")),
            Runner = Given("runner"),
            Committer = Given("committer") is { } committer
                ? CommitName.Parse(committer) ?? throw new StartupException(HostingFailures.NotACommitter(committer))
                : null,
            AllowPlainHttp = bool.TryParse(Given("allow-plain-http"), out var allowed) && allowed,
        };
    }
}
