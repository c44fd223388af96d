using System.Globalization;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>
/// What the kernel says of the processors a process may use: of the nearest group above it with a limit.
/// </summary>
internal static class CpuUse
{
    private const string Root = "/sys/fs/cgroup";

    /// <summary>Processors, or null when nothing limits the process.</summary>
    public static double? Limit(int process) => Find(process)?.Cpus;

    /// <summary>How often the kernel has held its group back.</summary>
    public static long Throttled(int process) =>
        Find(process) is var (directory, _)
        && File.ReadLines(Path.Combine(directory, "cpu.stat")).FirstOrDefault(line => line.StartsWith("nr_throttled "))
            is { } line
            ? long.Parse(line["nr_throttled ".Length..], CultureInfo.InvariantCulture)
            : 0;

    private static (string Directory, double Cpus)? Find(int process)
    {
        foreach (var line in File.ReadLines($"/proc/{process}/cgroup").Select(line => line.Split(':', 3)))
        {
            var mount = line[1].Split(',').Contains("cpu") ? Path.Combine(Root, "cpu") : Root;
            if (line[1].Length > 0 && mount == Root)
                continue;
            for (var at = line[2].TrimEnd('/'); at.Length > 0; at = at[..at.LastIndexOf('/')])
                if (Quota(mount + at) is { } cpus)
                    return (mount + at, cpus);
        }
        return null;
    }

    private static double? Quota(string directory)
    {
        var (v1, v2) = (Path.Combine(directory, "cpu.cfs_quota_us"), Path.Combine(directory, "cpu.max"));
        var text =
            File.Exists(v1) ? File.ReadAllText(v1)
            : File.Exists(v2) ? File.ReadAllText(v2).Split(' ')[0]
            : "max";
        return long.TryParse(text.Trim(), CultureInfo.InvariantCulture, out var quota) && quota > 0
            ? quota / 100_000.0
            : null;
    }
}
