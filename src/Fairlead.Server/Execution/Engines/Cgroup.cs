using System.Globalization;

namespace Fairlead.Server.Execution.Engines;

/// <summary>
/// One control group around a whole engine, on version 1 (a directory per controller) or 2 (one directory). It is the
/// only limit that holds: the engines silently ignore their own.
/// </summary>
internal sealed class Cgroup
{
    private readonly CgroupMount _mount;

    private Cgroup(CgroupMount mount, string name)
    {
        _mount = mount;
        Directories = mount.Directories(name);
    }

    /// <summary>What a process joins, by writing its id to <c>cgroup.procs</c> of each.</summary>
    public IReadOnlyList<string> Directories { get; }

    /// <summary>Makes the group, or finds it; null where this machine does not let us.</summary>
    public static Cgroup? Create(CgroupMount mount, string name)
    {
        var group = new Cgroup(mount, name);
        try
        {
            mount.Prepare();
            foreach (var directory in group.Directories)
                Directory.CreateDirectory(directory);
            return group.Directories.Count > 0 ? group : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Sets or lifts the limits, for what runs in the group already too. False when one was refused.</summary>
    public bool Limit(EngineLimits limits)
    {
        var cpu = limits.Cpus is { } cpus ? (long)(cpus * 100_000) : (long?)null;
        return _mount.Unified
            ? Write("memory.max", Text(limits.MemoryBytes, "max"))
                & Write("memory.swap.max", limits.MemoryBytes is null ? "max" : "0", optional: true)
                & Write("cpu.max", cpu is null ? "max 100000" : $"{Text(cpu, "max")} 100000")
                & Write("pids.max", Text(limits.Processes, "max"))
            : Write("memory.limit_in_bytes", Text(limits.MemoryBytes, "-1"))
                & Write("memory.memsw.limit_in_bytes", Text(limits.MemoryBytes, "-1"), optional: true)
                & Write("cpu.cfs_quota_us", Text(cpu, "-1"))
                & Write("pids.max", Text(limits.Processes, "max"));
    }

    /// <summary>Ids of all processes inside.</summary>
    public IReadOnlyList<int> Processes() =>
        [
            .. Directories
                .Select(directory => Path.Combine(directory, "cgroup.procs"))
                .Where(File.Exists)
                .SelectMany(File.ReadAllLines)
                .Select(line => int.Parse(line, CultureInfo.InvariantCulture))
                .Distinct(),
        ];

    /// <summary>Kills everything inside.</summary>
    public void Kill()
    {
        foreach (var process in Processes())
            Signals.Kill(process);
    }

    /// <summary>Removes the empty group; one that is not empty stays.</summary>
    public void Remove()
    {
        foreach (var directory in Directories.Where(Directory.Exists))
            Signals.RemoveDirectory(directory);
    }

    private bool Write(string file, string value, bool optional = false)
    {
        var path = Directories.Select(d => Path.Combine(d, file)).FirstOrDefault(File.Exists);
        if (path is null)
            return optional;
        try
        {
            File.WriteAllText(path, value);
            return true;
        }
        catch (IOException)
        {
            return optional;
        }
    }

    private static string Text(long? value, string none) => value?.ToString(CultureInfo.InvariantCulture) ?? none;
}
