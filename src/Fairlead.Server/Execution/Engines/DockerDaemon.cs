using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Fairlead.Server.Execution.Engines;

/// <summary>Debian's docker daemon as a slot's engine: what it is told, and whether it answers.</summary>
internal static class DockerDaemon
{
    /// <summary>
    /// Its own bridge and firewall rules stay off: RUN steps use the namespace's network, which docker calls host.
    /// Group 0 inside is the engine user's group outside, which the runner's user belongs to.
    /// </summary>
    public static IReadOnlyList<string> Command(SlotPaths paths, string store) =>
        [
            "dockerd",
            "--rootless",
            "--config-file",
            paths.File("daemon.json"),
            "--host",
            $"unix://{paths.Socket}",
            "--group",
            "0",
            "--data-root",
            store,
            "--exec-root",
            Path.Combine(paths.Run, "exec"),
            "--pidfile",
            Path.Combine(paths.Run, "exec.pid"),
            "--bridge=none",
            "--iptables=false",
            "--ip6tables=false",
            "--ip-masq=false",
            "--ip-forward=false",
            "--exec-opt",
            "native.cgroupdriver=cgroupfs",
        ];

    /// <summary>daemon.json. A registry with plain http has to be named before the daemon starts.</summary>
    public static string Configuration(EngineOptions options, IReadOnlyList<RegistryReach> registries) =>
        JsonSerializer.Serialize(
            new Dictionary<string, object>
            {
                ["log-level"] = "warn",
                ["insecure-registries"] = registries.Where(r => r.PlainHttp).Select(r => r.Host).ToArray(),
                ["builder"] = new { gc = new { enabled = true, defaultKeepStorage = $"{options.CacheBytes >> 20}MB" } },
            }
        );

    /// <summary>Whether a docker daemon answers at this Unix socket.</summary>
    public static async Task<bool> Ping(string socket, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), patience.Token);
            await connection.SendAsync("GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n"u8.ToArray(), patience.Token);
            var answer = new byte[64];
            var read = await connection.ReceiveAsync(answer, patience.Token);
            return Encoding.ASCII.GetString(answer, 0, read).Contains(" 200 ", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
