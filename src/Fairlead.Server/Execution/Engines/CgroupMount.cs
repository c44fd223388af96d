namespace Fairlead.Server.Execution.Engines;

/// <summary>Where this process may make control groups.</summary>
/// <param name="Unified">Version 2 with the controllers we need; otherwise version 1.</param>
/// <param name="Parents">Our own group's directory: one on version 2, one per controller on version 1.</param>
internal sealed record CgroupMount(bool Unified, IReadOnlyList<string> Parents)
{
    private static readonly string[] Controllers = ["memory", "cpu", "pids"];

    /// <summary>Reads the machine's set-up; null when there is none to use.</summary>
    public static CgroupMount? Find(string root = "/sys/fs/cgroup", string self = "/proc/self/cgroup")
    {
        var own = File.Exists(self) ? File.ReadAllLines(self).Select(line => line.Split(':', 3)).ToList() : [];
        var available = Path.Combine(root, "cgroup.controllers");
        if (File.Exists(available) && Controllers.All(Words(available).Contains))
        {
            // A session's scope holds the shells we were started from, which are not ours to move: root goes to the
            // top.
            var path = own.FirstOrDefault(o => o[0] == "0")?[2] ?? "/";
            var ours = path.EndsWith(".service", StringComparison.Ordinal) || !Environment.IsPrivilegedProcess;
            return new(true, [ours ? Under(root, path) : root]);
        }
        var parents = Controllers
            .Select(name =>
                (Mount: Path.Combine(root, name), Own: own.FirstOrDefault(o => o[1].Split(',').Contains(name)))
            )
            .Where(found => Directory.Exists(found.Mount))
            .Select(found => Under(found.Mount, found.Own?[2] ?? "/"))
            .ToList();
        return parents.Count > 0 ? new(false, parents) : null;
    }

    public IReadOnlyList<string> Directories(string name) => [.. Parents.Select(p => Path.Combine(p, name))];

    /// <summary>
    /// Version 2 gives controllers to the children only of a group without processes of its own: where that stands in
    /// the way, ours move to a child first. Under systemd the unit needs <c>Delegate=yes</c>.
    /// </summary>
    public void Prepare()
    {
        if (!Unified)
            return;
        var control = Path.Combine(Parents[0], "cgroup.subtree_control");
        if (Controllers.All(Words(control).Contains) || Enable(control))
            return;
        var server = Path.Combine(Parents[0], "server");
        Directory.CreateDirectory(server);
        foreach (var process in File.ReadAllLines(Path.Combine(Parents[0], "cgroup.procs")))
            File.WriteAllText(Path.Combine(server, "cgroup.procs"), process);
        Enable(control);
    }

    private static bool Enable(string control)
    {
        try
        {
            File.WriteAllText(control, string.Join(' ', Controllers.Select(name => "+" + name)));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string[] Words(string file) =>
        File.ReadAllText(file).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static string Under(string mount, string path)
    {
        var inside = Path.Combine(mount, path.TrimStart('/'));
        return Directory.Exists(inside) ? inside : mount; // in a container the path may be the machine's
    }
}
