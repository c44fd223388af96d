using System.Runtime.InteropServices;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Secrets;
using Fairlead.Programs;
using Fairlead.Runner.Images;
using Fairlead.Runner.Logs;
using Fairlead.Runner.Talk;

namespace Fairlead.Runner.Steps;

/// <summary>
/// Everything around a job: spec, heartbeats, log, limits, and a result that arrives whatever happens.
/// </summary>
/// <param name="engines">Makes the engine that the spec names.</param>
internal sealed class RunJob(Func<JobSpec, ProgramRunner, IImageEngine> engines, TimeProvider time)
{
    /// <summary>How long after the deadline the server may still be away before a result is given up.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(30);

    /// <summary>How long the log may keep the result waiting; the rest of it is then lost.</summary>
    private static readonly TimeSpan LogPatience = TimeSpan.FromMinutes(10);

    /// <returns>The process's exit code: 0 when the server has the result, 1 when it could not be told.</returns>
    public async Task<int> Run(RunnerArguments arguments, Secret token)
    {
        var (http, address) = JobAddress.Open(arguments.Server);
        using var server = new JobClient(http, address, token, time);
        if (!(await server.Spec(CancellationToken.None)).Try(out var spec, out var failure))
        {
            await Console.Error.WriteLineAsync(failure.Sentence);
            return 1;
        }
        server.PatientUntil = spec.Deadline + Grace;
        var mask = new JobMask();
        mask.Add(token);
        var log = new JobLog(mask, time, LogLimits.Default);
        using var stop = new JobStop(spec.Deadline, time);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        return await Supervise(spec, server, new WayToServer(arguments.Server, token), log, mask, stop);
    }

    private async Task<int> Supervise(
        JobSpec spec,
        JobClient server,
        WayToServer door,
        JobLog log,
        JobMask mask,
        JobStop stop
    )
    {
        var phases = new Phases(time);
        var upload = new LogUpload(log, server, spec.Attempt, time);
        using var ended = new CancellationTokenSource();
        var beating = Heartbeats.Run(spec, server, phases, stop, time, ended.Token);
        var diagnostics = new Diagnostics(spec, mask, time);
        var result = await Work(spec, server, door, log, mask, phases, stop, diagnostics);
        TidyUp(() => Leftovers.RemoveSecrets(spec.Workspace), diagnostics);
        Explain(log, result);
        log.Close(phases.Current);
        if (stop.Reason == StopReason.Superseded)
            return await End(0);
        await Finish(upload, diagnostics);
        var told = await server.Result(result, CancellationToken.None);
        return await End(told.Ok ? 0 : 1);

        async Task<int> End(int code)
        {
            await ended.CancelAsync();
            await beating;
            CleanUp(spec, diagnostics);
            return code;
        }
    }

    private async Task<JobResult> Work(
        JobSpec spec,
        JobClient server,
        WayToServer door,
        JobLog log,
        JobMask mask,
        Phases phases,
        JobStop stop,
        Diagnostics diagnostics
    )
    {
        try
        {
            Leftovers.Prepare(spec.Workspace);
            var engine = engines(spec, new ProgramRunner(time));
            var outcome = await new Job(spec, server, door, log, mask, phases, time).Run(engine, stop.Token);
            return outcome.Try(out var image, out var failure)
                ? JobEnd.Succeeded(spec, phases, image)
                : JobEnd.Failed(spec, phases, failure);
        }
        catch (OperationCanceledException) when (stop.Reason != StopReason.None)
        {
            return JobEnd.Stopped(spec, phases, stop.Reason);
        }
        catch (Exception exception)
        {
            return JobEnd.Failed(spec, phases, diagnostics.Explain(exception));
        }
    }

    private static void Explain(JobLog log, JobResult result)
    {
        var sentence = result.State switch
        {
            "failed" => result.Failure!.Title,
            "timed-out" => "The build took longer than its rule allows.",
            "cancelled" => "Cancelled.",
            _ => null,
        };
        if (sentence is not null)
            log.Write(result.Phase, sentence, "error");
        if (result.State == "skipped")
            log.Write(result.Phase, result.Failure!.Title);
    }

    private async Task Finish(LogUpload upload, Diagnostics diagnostics)
    {
        using var patience = new CancellationTokenSource(LogPatience, time);
        try
        {
            await upload.Finish(patience.Token);
        }
        catch (OperationCanceledException)
        {
            diagnostics.Write("The end of the log could not be uploaded.");
        }
    }

    private void CleanUp(JobSpec spec, Diagnostics diagnostics)
    {
        TidyUp(() => Leftovers.Remove(spec.Workspace), diagnostics);
        TidyUp(() => Leftovers.Forget(spec.Workspace, time), diagnostics);
    }

    /// <summary>What cannot be removed is left to the server's janitor; a result is never lost over it.</summary>
    private static void TidyUp(Action remove, Diagnostics diagnostics)
    {
        try
        {
            remove();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Write(exception.ToString());
        }
    }

    private static void Stop(PosixSignalContext signal, JobStop stop)
    {
        signal.Cancel = true;
        stop.Because(StopReason.Cancelled);
    }
}
