using Fairlead.Contracts.Jobs;
using Fairlead.Runner.Talk;

namespace Fairlead.Runner.Steps;

/// <summary>
/// Tells the server every few seconds that the job lives, and hears whether to stop. A server that is away is no
/// reason to stop; one that says the job is not this runner's any more is.
/// </summary>
internal static class Heartbeats
{
    public static async Task Run(
        JobSpec spec,
        JobClient server,
        Phases phases,
        JobStop stop,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        using var timer = new PeriodicTimer(spec.HeartbeatEvery, time);
        try
        {
            do
            {
                var reply = await server.Beat(new Heartbeat(spec.Attempt, phases.Current), cancel);
                if (reply.Failure?.Code == JobFailures.RefusedCode)
                    stop.Because(StopReason.Superseded);
                else if (reply.Ok && reply.Value.Cancel)
                    stop.Because(StopReason.Cancelled);
            } while (await timer.WaitForNextTickAsync(cancel));
        }
        catch (OperationCanceledException)
        {
            // The job has ended.
        }
    }
}
