using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Fairlead.Server.Execution.Engines;

/// <summary>
/// buildah as a slot's engine, where docker is not to be had: a socket whose every connection is one build, inside a
/// root directory of its own.
/// </summary>
internal static class BuildahJail
{
    public static IReadOnlyList<string> Command(EngineOptions options, SlotPaths paths, string store) =>
        [
            "sh",
            paths.File("jail-enter.sh"),
            paths.Run,
            paths.State,
            store,
            (options.CacheBytes >> 20).ToString(CultureInfo.InvariantCulture),
            "socat",
            "UNIX-LISTEN:/run/engine.sock,fork,mode=0660,unlink-early",
            "EXEC:sh /etc/jail-serve.sh,nofork",
        ];

    /// <summary>The containers world's configuration inside the jail.</summary>
    public static IReadOnlyDictionary<string, string> Configuration(IReadOnlyList<RegistryReach> registries)
    {
        var insecure = new StringBuilder("unqualified-search-registries = [\"docker.io\"]\n");
        foreach (var registry in registries.Where(registry => registry.PlainHttp))
            insecure.Append($"[[registry]]\nlocation = \"{registry.Host}\"\ninsecure = true\n");
        return new Dictionary<string, string>
        {
            ["storage.conf"] =
                "[storage]\ndriver = \"overlay\"\ngraphroot = \"/store/graph\"\nrunroot = \"/run/graph\"\n",
            ["policy.json"] = """{"default":[{"type":"insecureAcceptAnything"}]}""",
            ["registries.conf"] = insecure.ToString(),
        };
    }

    /// <summary>Whether the jail takes connections.</summary>
    public static async Task<bool> Ping(string socket, CancellationToken cancel)
    {
        try
        {
            using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
