namespace Fairlead.Core.Builds;

/// <summary>Where a build stands. The last five are final.</summary>
public enum BuildState
{
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,
    TimedOut,

    /// <summary>Its push asked for no build: by the commit's message, or by touching no path of the rule.</summary>
    Skipped,
}

/// <summary>What a running build is doing; a failure names the phase it happened in.</summary>
public enum BuildPhase
{
    Queue,
    Source,
    Build,
    Push,
}

public static class BuildStates
{
    extension(BuildState state)
    {
        public bool IsFinal =>
            state
                is BuildState.Succeeded
                    or BuildState.Failed
                    or BuildState.Cancelled
                    or BuildState.TimedOut
                    or BuildState.Skipped;
    }
}
