using Fairlead.Server.Data;

namespace Fairlead.Server.Hosting;

/// <summary>The options there are; a name that is none of them is told, not ignored.</summary>
internal static class OptionNames
{
    public static readonly IReadOnlyList<(string Name, string Help)> All =
    [
        ("data", "everything the instance keeps, except the key file"),
        ("key-file", "the key-encryption keys; must be outside --data"),
        ("listen", "IP:PORT of API and console (127.0.0.1:7080)"),
        ("registry-listen", "IP:PORT of the managed registry (127.0.0.1:7050); empty for none"),
        ("public-url", "what people and code hosts reach the server by"),
        ("registry-name", "what image references begin with"),
        ("database", "a PostgreSQL connection string; a SQLite file in --data otherwise"),
        ("hook-body-limit", "bytes of the largest webhook body (1048576)"),
        ("slots", "builds at a time on this machine (2)"),
        ("log-retention-days", "days a build's log is kept (90); 0 for ever"),
        ("engine", "auto, buildkit or buildah (auto)"),
        ("build-memory", "memory of one build, 4g or 512m (all there is)"),
        ("build-cpus", "processors of one build, 1.5 (all there are)"),
        ("build-processes", "processes and threads of one build (4096)"),
        ("docker-host", "build with this docker daemon instead of one per slot"),
        ("docker-certificates", "directory with ca.pem, cert.pem and key.pem, for TLS to that daemon"),
        ("buildx", "build with this buildx builder"),
        ("buildx-config", "where buildx keeps its builders (~/.docker/buildx)"),
        ("runner", "path of the runner program, when it is not beside the server"),
        ("committer", "who commits merges made here, as NAME <ADDRESS> (Fairlead)"),
        ("certificate", "PEM file, for https"),
        ("certificate-key", "PEM file of its key"),
        ("trusted-proxies", "addresses or networks whose forwarded headers are believed"),
        ("allowed-hosts", "further names people may call this server by"),
        ("allow-plain-http", "true: speak plain http beyond this machine"),
        ("log-format", "json: one JSON object a line"),
    ];

    /// <returns>The same arguments.</returns>
    /// <exception cref="StartupException">One is unknown or lacks its value.</exception>
    public static string[] Check(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var parts = args[i].Split('=', 2);
            if (
                !parts[0].StartsWith("--", StringComparison.Ordinal)
                || All.All(option => $"--{option.Name}" != parts[0])
            )
                throw new StartupException(HostingFailures.UnknownOption(parts[0], Nearest(parts[0])));
            if (parts.Length == 1 && ++i == args.Length)
                throw new StartupException(HostingFailures.NoValue(parts[0]));
        }
        return args;
    }

    private static string? Nearest(string given) =>
        All.Select(option => $"--{option.Name}")
            .Where(name => Distance(name, given) <= 3)
            .OrderBy(name => Distance(name, given))
            .FirstOrDefault();

    /// <summary>Levenshtein.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
