using Fairlead.Server.Execution.Engines;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>What is written where to limit a build, on trees laid out as the kernel lays out both versions.</summary>
public sealed class CgroupTests : IDisposable
{
    private static readonly EngineLimits Limits = new(MemoryBytes: 1 << 30, Cpus: 1.5, Processes: 500);
    private readonly TempDir _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Version_2_gets_controllers_and_limits_in_one_directory()
    {
        var group = Unified("", "0::/\n");

        Assert.True(group.Limit(Limits));

        Assert.Equal("+memory +cpu +pids", Text("cgroup.subtree_control"));
        Assert.Equal("1073741824", Text("fairlead-0/memory.max"));
        Assert.Equal("0", Text("fairlead-0/memory.swap.max"));
        Assert.Equal("150000 100000", Text("fairlead-0/cpu.max"));
        Assert.Equal("500", Text("fairlead-0/pids.max"));
    }

    [Fact]
    public void Version_2_lifts_limits_with_its_own_words()
    {
        var group = Unified("", "0::/\n");
        Assert.True(group.Limit(Limits));
        Assert.True(group.Limit(new EngineLimits(Processes: null)));
        Assert.Equal("max", Text("fairlead-0/memory.max"));
        Assert.Equal("max", Text("fairlead-0/memory.swap.max"));
        Assert.Equal("max 100000", Text("fairlead-0/cpu.max"));
        Assert.Equal("max", Text("fairlead-0/pids.max"));
    }

    [Fact]
    public void A_unit_of_systemd_keeps_to_its_own_part_of_version_2()
    {
        var group = Unified("system.slice/fairlead.service", "0::/system.slice/fairlead.service\n");
        Assert.Equal([_tree["system.slice/fairlead.service/fairlead-0"]], group.Directories);
        Assert.True(group.Limit(Limits));
        Assert.Equal("500", Text("system.slice/fairlead.service/fairlead-0/pids.max"));
        Assert.False(Directory.Exists(_tree["fairlead-0"]));
    }

    [Fact]
    public void Version_2_without_a_controller_we_need_is_not_used()
    {
        _tree.Write("cgroup.controllers", "cpuset io pids\n");
        Assert.Null(CgroupMount.Find(_tree, _tree.Write("self", "0::/\n")));
    }

    [Fact]
    public void Version_1_gets_each_limit_in_its_controllers_directory()
    {
        foreach (var (controller, file) in Version1)
            _tree.Write($"{controller}/fairlead-0/{file}", "");
        var mount = CgroupMount.Find(_tree, _tree.Write("self", "3:memory:/\n2:cpu,cpuacct:/\n1:pids:/\n"));
        var group = Cgroup.Create(mount!, "fairlead-0");

        Assert.True(group!.Limit(Limits));

        Assert.Equal("1073741824", Text("memory/fairlead-0/memory.limit_in_bytes"));
        Assert.Equal("150000", Text("cpu/fairlead-0/cpu.cfs_quota_us"));
        Assert.Equal("500", Text("pids/fairlead-0/pids.max"));
    }

    [Fact]
    public void A_limit_that_has_no_file_does_not_count_as_set()
    {
        var group = Unified("", "0::/\n");
        File.Delete(_tree["fairlead-0/cpu.max"]);
        Assert.False(group.Limit(Limits));
    }

    private static readonly (string Controller, string File)[] Version1 =
    [
        ("memory", "memory.limit_in_bytes"),
        ("cpu", "cpu.cfs_quota_us"),
        ("pids", "pids.max"),
    ];

    /// <summary>The kernel makes a group's files with its directory; here they are there before.</summary>
    private Cgroup Unified(string own, string self)
    {
        var under = own.Length == 0 ? "" : own + "/";
        _tree.Write("cgroup.controllers", "cpuset cpu io memory hugetlb pids\n");
        _tree.Write($"{under}cgroup.subtree_control", "");
        foreach (var file in new[] { "memory.max", "memory.swap.max", "cpu.max", "pids.max", "cgroup.procs" })
            _tree.Write($"{under}fairlead-0/{file}", "");
        var mount = CgroupMount.Find(_tree, _tree.Write("self", self));
        Assert.True(mount?.Unified);
        var group = Cgroup.Create(mount!, "fairlead-0");
        Assert.NotNull(group);
        return group;
    }

    private string Text(string file) => File.ReadAllText(_tree[file]);
}
