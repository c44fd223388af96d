using Fairlead.Emulators.Hosting;
using Fairlead.Emulators.Programs;
using Fairlead.Emulators.Tls;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>
/// Debian's docker daemon as an operator would run one: on a socket, and on the network for clients of its authority.
/// Everything it keeps is in a directory of its own; it touches neither bridges nor the firewall.
/// </summary>
internal sealed class OtherDaemon : IAsyncDisposable
{
    private const string Plugins = "/run/docker";
    private readonly bool _found = Directory.Exists(Plugins);
    private readonly TempDir _directory = new();
    private readonly TestAuthority _authority = new("Docker Authority");
    private Daemon _daemon = null!;

    public string Socket => _directory["docker.sock"];

    public string Unix => $"unix://{Socket}";

    public string Tcp { get; private set; } = "";

    /// <summary>What a client of it is given: a directory with ca.pem, cert.pem and key.pem.</summary>
    public string Certificates { get; private set; } = "";

    public static async Task<OtherDaemon> Start()
    {
        var daemon = new OtherDaemon();
        daemon.Certificates = daemon.Client("client", daemon._authority);
        var server = daemon._directory.Sub("server");
        var (cert, key) = TestAuthority.Write(daemon._authority.Issue("127.0.0.1"), server);
        var port = FreePort.Next();
        daemon.Tcp = $"tcp://127.0.0.1:{port}";
        string[] places =
        [
            .. new[] { "--config-file", daemon._directory.Write("daemon.json", "{}") },
            .. new[] { "--data-root", daemon._directory["data"], "--exec-root", daemon._directory["exec"] },
            .. new[] { "--pidfile", daemon._directory["pid"], "--host", daemon.Unix, "--host", daemon.Tcp },
        ];
        string[] tls = ["--tlsverify", "--tlscacert", Path.Combine(daemon.Certificates, "ca.pem")];
        string[] network = ["--bridge=none", "--iptables=false", "--ip6tables=false", "--ip-forward=false"];
        daemon._daemon = Daemon.Start("dockerd", [.. places, .. tls, "--tlscert", cert, "--tlskey", key, .. network]);
        await daemon._daemon.WaitForLine(line => line.Contains("API listen on 127.0.0.1"));
        return daemon;
    }

    /// <summary>What a client would be given by this authority.</summary>
    public string Client(string name, TestAuthority authority)
    {
        var directory = _directory.Sub(name);
        TestAuthority.Write(authority.IssueClient(name), directory);
        File.WriteAllText(Path.Combine(directory, "ca.pem"), _authority.Pem);
        return directory;
    }

    /// <summary>Opens the socket to the runner's user, as its group would.</summary>
    public void LetIn()
    {
        File.SetUnixFileMode(_directory, File.GetUnixFileMode(_directory) | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(Socket, (UnixFileMode)0b110_110_110);
    }

    public async ValueTask DisposeAsync()
    {
        await _daemon.DisposeAsync();
        // The one place that no option of the daemon's moves.
        if (!_found)
            Directory.Delete(Plugins, recursive: true);
        _authority.Dispose();
        // Where mounts are private, dockerd mounts its data on itself, and may be gone before it undoes it.
        await Tool.Run("sh", ["-c", "umount -l -- \"$1\" 2>/dev/null || true", "sh", _directory["data"]]);
        _directory.Dispose();
    }
}
