namespace Fairlead.Core.Builds;

/// <summary>Where a build stands. The last four are final.</summary>
public enum BuildState
{
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,
    TimedOut,
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
            state is BuildState.Succeeded or BuildState.Failed or BuildState.Cancelled or BuildState.TimedOut;
    }
}
