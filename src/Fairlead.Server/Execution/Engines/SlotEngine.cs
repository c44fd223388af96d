using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Programs;

namespace Fairlead.Server.Execution.Engines;

/// <summary>
/// The engine of one slot: started when a job first needs it, detached, so that it outlives a killed server; found
/// again by its record; started anew when a job needs a registry it was not started for.
/// </summary>
internal sealed class SlotEngine(
    EngineOptions options,
    EngineParts parts,
    int slot,
    ProgramRunner programs,
    TimeProvider time
)
{
    private const int JobsBetweenTidying = 20;

    private readonly SlotPaths _paths = new(options, slot);
    private readonly SlotProcess _process = new(
        options,
        new SlotPaths(options, slot),
        parts.Kind,
        slot,
        programs,
        time
    );
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _jobs;

    /// <summary>Makes the engine ready for a job; the slot must be building nothing.</summary>
    /// <param name="registries">All that the job pulls from or pushes to, as far as known.</param>
    /// <param name="ofRequest">The job builds a request: in another store, which takes a start of the engine.</param>
    public async Task<Outcome<EngineLease>> Ready(
        IReadOnlyList<RegistryReach> registries,
        bool ofRequest,
        CancellationToken cancel
    )
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var record = SlotRecord.Read(_paths.Record);
            var known = record.With(registries);
            var plan = await SlotPlan.Make(parts.Kind, options, _paths, known, ofRequest, cancel);
            if (record.Fingerprint == plan.Fingerprint && _process.Runs && await _process.Answers(cancel))
            {
                await Tidy(cancel);
                return Lease(plan);
            }
            await _process.End(cancel);
            return (await _process.Start(plan, cancel)).Map(_ => Lease(plan));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends the engine and all that runs in it, and cleans up after one that died.</summary>
    public async Task Stop(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await _process.End(cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Now and then, while the slot builds nothing, removes the images of jobs that are over. Their layers stay in the
    /// build cache, which has a limit of its own.
    /// </summary>
    private async Task Tidy(CancellationToken cancel)
    {
        if (parts.Program is null || ++_jobs % JobsBetweenTidying != 0)
            return;
        await programs.Run(
            new ProgramCall(parts.Program, ["image", "prune", "--all", "--force"])
            {
                Environment = new Dictionary<string, string>
                {
                    ["DOCKER_HOST"] = $"unix://{_paths.Socket}",
                    ["DOCKER_CONFIG"] = _paths.Home,
                },
            },
            cancel
        );
    }

    private EngineLease Lease(SlotPlan plan) =>
        new(
            plan.Kind,
            parts.Program,
            plan.Kind == EngineSettings.BuildKit ? $"unix://{_paths.Socket}" : _paths.Socket,
            Private: true,
            [.. plan.Doors.Select(door => door.Host)],
            _process.Limit()
        );
}
