using System.Text;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;
using Fairlead.Programs;
using Fairlead.Server.Execution.Engines;

namespace Fairlead.Server.Execution;

/// <summary>
/// Runs jobs as processes of this machine, each in a session of its own and, when the server is root, as an
/// unprivileged user.
/// </summary>
internal sealed partial class LocalExecutor(
    MachinePaths paths,
    EngineSupervisor engines,
    RunnerProgram runner,
    DetachedProgram detached,
    ProgramRunner programs,
    ILogger<LocalExecutor> log
) : IExecutor
{
    private int _toldOfLimits;

    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    public async Task<Outcome<JobPlace>> Prepare(
        JobId job,
        int slot,
        IReadOnlyList<RegistryReach> registries,
        bool ofRequest,
        CancellationToken cancel
    )
    {
        if ((await runner.Path(cancel)).Failure is { } missing)
            return missing;
        if (!(await engines.Ready(slot, registries, cancel, ofRequest)).Try(out var engine, out var failure))
            return failure;
        if (engine is { Private: true, Limited: false } && Interlocked.Exchange(ref _toldOfLimits, 1) == 0)
            Log.NoLimits(log);
        var place = paths.Job(job);
        if ((await Hand(engine.Files, place, cancel)).Failure is { } noRoom)
            return noRoom;
        return new JobPlace(
            engine.ForJob(place.EngineFiles),
            new JobWorkspace(paths.Mirrors, place.Work, place.Secrets, slot)
        );
    }

    public async Task<Outcome<Done>> Start(JobId job, Secret token, CancellationToken cancel)
    {
        if (!(await runner.Path(cancel)).Try(out var program, out var missing))
            return missing;
        var place = paths.Job(job);
        if ((await MakeDirectories(place, cancel)).Failure is { } noRoom)
            return noRoom;
        var (command, arguments) = RunnerUser.Become(
            program,
            ["--server", $"unix:{paths.JobSocket}", "--job", $"{job.Build}"]
        );
        var call = new DetachedCall(command, arguments, place.ProcessFile, place.Output)
        {
            Directory = "/",
            Environment = new Dictionary<string, string>
            {
                ["HOME"] = place.Work,
                ["TMPDIR"] = place.Work,
                ["DOTNET_ROOT"] = RunnerProgram.DotnetRoot,
                ["DOTNET_EnableDiagnostics"] = "0",
                ["DOTNET_gcServer"] = "0",
            },
            Input = Encoding.UTF8.GetBytes(token.Reveal() + "\n"),
        };
        var started = await detached.Start(call, cancel);
        return started.Ok ? Done.It : ExecutionFailures.RunnerNotStarted(started.Failure.Sentence);
    }

    public bool IsAlive(JobId job) => DetachedProgram.Find(paths.Job(job).ProcessFile) is not null;

    public string LastWords(JobId job)
    {
        var file = paths.Job(job).Output;
        if (!File.Exists(file))
            return "";
        using var stream = File.OpenRead(file);
        stream.Seek(-Math.Min(stream.Length, 4096), SeekOrigin.End);
        return new StreamReader(stream).ReadToEnd().Trim();
    }

    public async Task Remove(JobId job, CancellationToken cancel)
    {
        var place = paths.Job(job);
        await detached.Stop(place.ProcessFile, Grace, cancel);
        // rm walks by directory handles: a symbolic link put in its way cannot lead it elsewhere.
        await programs.Run(
            new ProgramCall("rm", ["-rf", "--one-file-system", "--", place.SecretsParent, place.Work, place.Control]),
            cancel
        );
    }

    public Task Release(IReadOnlySet<int> keep, CancellationToken cancel) => engines.Stop(keep, cancel);

    public IReadOnlyList<JobId> Known() =>
        new[] { paths.Control, paths.Jobs, paths.Secrets }
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateDirectories)
            .Select(path => JobId.Parse(Path.GetFileName(path)))
            .OfType<JobId>()
            .Distinct()
            .ToList();

    /// <summary>Gives the job copies of what it needs to use the engine, where it keeps its own secrets.</summary>
    private async Task<Outcome<Done>> Hand(
        IReadOnlyDictionary<string, string> files,
        JobPaths place,
        CancellationToken cancel
    )
    {
        if (files.Count == 0)
            return Done.It;
        if ((await MakeDirectories(place, cancel)).Failure is { } noRoom)
            return noRoom;
        string[] own = RunnerUser.Exists ? ["-o", RunnerUser.Name, "-g", RunnerUser.Name] : [];
        foreach (var (name, from) in files)
        {
            var to = Path.Combine(place.EngineFiles, name);
            var above = Path.GetDirectoryName(name)!
                .Split('/')
                .Aggregate(
                    new List<string> { place.EngineFiles },
                    (all, part) => [.. all, Path.Combine(all[^1], part)]
                );
            string[][] calls =
            [
                ["-d", "-m", "0700", .. own, "--", .. above],
                ["-m", "0600", .. own, "--", from, to],
            ];
            foreach (var arguments in calls)
                if (
                    await programs.Run(new ProgramCall("install", arguments), cancel)
                    is not { Ok: true, Value.Ok: true }
                )
                    return ExecutionFailures.NotHanded(from);
        }
        return Done.It;
    }

    /// <summary>The parents are the server's and can be passed through; the leaves are the runner's alone.</summary>
    private async Task<Outcome<Done>> MakeDirectories(JobPaths place, CancellationToken cancel)
    {
        var owner = RunnerUser.Exists ? RunnerUser.Name : null;
        string[] own = owner is null ? [] : ["-o", owner, "-g", owner];
        string[][] calls =
        [
            ["-d", "-m", "0755", paths.State, paths.Jobs, paths.Secrets],
            ["-d", "-m", "0700", .. own, paths.Mirrors, place.Work, place.SecretsParent, place.Secrets],
            ["-d", "-m", "0700", place.Control],
        ];
        foreach (var arguments in calls)
        {
            var made = await programs.Run(new ProgramCall("install", arguments), cancel);
            if (!made.Ok)
                return made.Failure;
            if (!made.Value.Ok)
                return ExecutionFailures.NoRoom(arguments[^1]);
        }
        return Done.It;
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "Builds are without limits: this server may make no control groups. Run it as root, or delegate them to it"
        )]
        public static partial void NoLimits(ILogger log);
    }
}
