using System.Security.Cryptography;
using System.Text;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Programs;

namespace Fairlead.Server.Execution.Engines;

/// <summary>Starts and ends the processes of one slot's engine.</summary>
internal sealed class SlotProcess(
    EngineOptions options,
    SlotPaths paths,
    string kind,
    int slot,
    ProgramRunner programs,
    TimeProvider time
)
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(20);

    /// <summary>Distinct for every instance on the machine.</summary>
    public static string GroupName(string state, int slot) =>
        $"fairlead-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)))[..8]}-{slot}";

    private Cgroup? Group =>
        CgroupMount.Find() is { } mount ? Cgroup.Create(mount, GroupName(paths.State, slot)) : null;

    /// <summary>Sets the limits, on a running engine too; false when this machine does not let us.</summary>
    public bool Limit() => Group?.Limit(options.Limits) ?? false;

    public bool Runs => DetachedProgram.Find(paths.Pid) is not null;

    public Task<bool> Answers(CancellationToken cancel) =>
        kind == EngineSettings.BuildKit
            ? DockerDaemon.Ping(paths.Socket, cancel)
            : BuildahJail.Ping(paths.Socket, cancel);

    /// <summary>Starts the engine and returns once it answers.</summary>
    public async Task<Outcome<Done>> Start(SlotPlan plan, CancellationToken cancel)
    {
        var prepared = await new SlotFiles(options, paths, programs).Prepare(plan, cancel);
        if (!prepared.Ok)
            return prepared;
        var group = Group;
        group?.Limit(options.Limits);
        var call = new DetachedCall(
            "sh",
            [
                paths.File("engine-outer.sh"),
                paths.Run,
                paths.State,
                Environment.IsPrivilegedProcess ? options.EngineUser : "-",
                string.Join(' ', group?.Directories ?? []),
                string.Join(' ', plan.Doors.Select(door => door.Spelled).Distinct()),
                string.Join(' ', plan.Own),
                .. plan.Command,
            ],
            paths.Pid,
            paths.Log
        );
        File.Delete(paths.Log);
        if ((await new DetachedProgram(programs, time).Start(call, cancel)).Failure is { } failure)
            return failure;
        await Until(async () => !Runs || await Answers(cancel), StartPatience, cancel);
        if (Runs && await Answers(cancel))
        {
            new SlotRecord(plan.Fingerprint, plan.Registries).Write(paths.Record);
            return Done.It;
        }
        var words = LastWords();
        await End(cancel);
        return EngineFailures.NotStarted(slot, words);
    }

    /// <summary>Ends the engine with all that runs in it, and what a crash left of it. The record stays.</summary>
    public async Task End(CancellationToken cancel)
    {
        if (DetachedProgram.Find(paths.Pid) is { } process)
        {
            Signals.End(process);
            await Until(async () => !await Answers(cancel), EndPatience, cancel);
            // Its process group holds the doors; what is inside dies with its pid namespace.
            Signals.Kill(-process);
            await Until(() => Task.FromResult(!Runs), EndPatience, cancel);
        }
        if (Group is { } group)
        {
            group.Kill();
            await Until(() => Task.FromResult(group.Processes().Count == 0), EndPatience, cancel);
            group.Remove();
        }
    }

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
