using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Core.Outcomes;
using Fairlead.Programs;

namespace Fairlead.Server.Execution.Engines;

/// <summary>Starts and ends the processes of one slot's engine.</summary>
internal sealed class SlotProcess(
    EngineOptions options,
    SlotPaths paths,
    int slot,
    ProgramRunner programs,
    TimeProvider time
)
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(20);

    /// <summary>Distinct for every instance on the machine.</summary>
    private readonly string _name =
        $"fairlead-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(paths.State)))[..8]}-{slot}";

    private Cgroup? Group => CgroupMount.Find() is { } mount ? Cgroup.Create(mount, _name) : null;

    /// <summary>Sets the limits, on a running engine too; false when this machine does not let us.</summary>
    public bool Limit() => Group?.Limit(options.Limits) ?? false;

    public Task<bool> Answers(CancellationToken cancel) => DockerDaemon.Ping(paths.Socket, cancel);

    /// <summary>Starts the engine and returns once it answers.</summary>
    public async Task<Outcome<Done>> Start(SlotPlan plan, CancellationToken cancel)
    {
        var prepared = await new SlotFiles(options, paths, programs).Prepare(plan, cancel);
        if (!prepared.Ok)
            return prepared;
        var group = Group;
        group?.Limit(options.Limits);
        var call = new ProgramCall(
            "setsid",
            [
                "--fork",
                "sh",
                paths.File("engine-outer.sh"),
                paths.Run,
                paths.State,
                Environment.IsPrivilegedProcess ? options.EngineUser : "-",
                string.Join(' ', group?.Directories ?? []),
                string.Join(' ', plan.Doors.Select(door => door.Spelled).Distinct()),
                string.Join(' ', plan.Own),
                .. plan.Command,
            ]
        );
        if ((await programs.Run(call, cancel)).Failure is { } failure)
            return failure;
        return await Await(plan, cancel);
    }

    /// <summary>Ends what the record, the pid file or the control group still know of; the record stays.</summary>
    public async Task End(SlotRecord record, CancellationToken cancel)
    {
        var process = record.Alive ? record.Process : Straggler();
        if (process is { } alive && Signals.StartOf(alive) is { } start)
        {
            Signals.End(alive);
            await Until(async () => !await Answers(cancel), EndPatience, cancel);
            // The group holds the doors too; what is inside dies with its pid namespace.
            Signals.Kill(-alive);
            await Until(() => Task.FromResult(Signals.StartOf(alive) != start), EndPatience, cancel);
        }
        if (Group is { } group)
        {
            group.Kill();
            await Until(() => Task.FromResult(group.Processes().Count == 0), EndPatience, cancel);
            group.Remove();
        }
        if (File.Exists(paths.Pid))
            File.Delete(paths.Pid);
    }

    private async Task<Outcome<Done>> Await(SlotPlan plan, CancellationToken cancel)
    {
        var answered = await Until(
            async () => await Answers(cancel) || (Started() is { } p && Signals.StartOf(p) is null),
            StartPatience,
            cancel
        );
        if (answered && Started() is { } process && Signals.StartOf(process) is { } start)
        {
            new SlotRecord(process, start, plan.Fingerprint, plan.Registries).Write(paths.Record);
            return Done.It;
        }
        var words = LastWords();
        await End(SlotRecord.None, cancel);
        return EngineFailures.NotStarted(slot, words);
    }

    /// <summary>An engine whose start the server did not live to record; it names our directory in its arguments.</summary>
    private int? Straggler() =>
        Started() is { } process
        && File.Exists($"/proc/{process}/cmdline")
        && File.ReadAllText($"/proc/{process}/cmdline").Contains(paths.State, StringComparison.Ordinal)
            ? process
            : null;

    private int? Started() =>
        File.Exists(paths.Pid)
        && int.TryParse(
            File.ReadAllText(paths.Pid),
            NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out var id
        )
            ? id
            : null;

    private string LastWords() =>
        File.Exists(paths.Log)
        && File.ReadLines(paths.Log).LastOrDefault(line => line.Length > 0 && !line.StartsWith("[rootlesskit:"))
            is { } line
            ? line.Length > 300
                ? line[..300]
                : line
            : "it left no word";

    private async Task<bool> Until(Func<Task<bool>> condition, TimeSpan patience, CancellationToken cancel)
    {
        var end = time.GetTimestamp();
        while (!await condition())
        {
            if (time.GetElapsedTime(end) > patience)
                return false;
            await Task.Delay(Blink, time, cancel);
        }
        return true;
    }
}
