using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Execution;

internal static class ExecutionFailures
{
    public static readonly Failure RunnerMissing = new(
        "execution.runner-missing",
        "The runner program fairlead-runner does not stand beside the server.",
        503
    )
    {
        Remedy = "Install it beside the server, or start the server with --runner PATH.",
        Retry = Retry.NeedsPerson,
    };

    public static Failure RunnerNotStarted(string words) =>
        new("execution.runner-not-started", $"The runner did not start: {words}", 503) { Retry = Retry.Later };

    public static Failure NoRoom(string directory) =>
        new("execution.no-directory", $"The directory {directory} for jobs cannot be made or written.", 503)
        {
            Remedy = "See whether the disk is full and who owns the directory.",
            Retry = Retry.Later,
        };

    public static Failure NotHanded(string file) =>
        new("execution.not-handed", $"The file {file} could not be copied for the job.", 503)
        {
            Remedy = "See whether it is there and the server may read it.",
            Retry = Retry.NeedsPerson,
        };

    public static readonly Failure SharedCache = new(
        "execution.shared-cache",
        "This server builds with its operator's own docker or builder, whose cache all builds share, so it builds no "
            + "pull requests.",
        409
    )
    {
        Remedy = "Build requests with the server's own engines: start it without --docker-host and --buildx.",
        Retry = Retry.NeedsPerson,
    };

    public static readonly Failure NoSource = new(
        "execution.no-source",
        "The image repository is no longer bound to the code this build is of.",
        409
    )
    {
        Remedy = "Bind it again, then build again.",
        Retry = Retry.NeedsPerson,
    };
}
