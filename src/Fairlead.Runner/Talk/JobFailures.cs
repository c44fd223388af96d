using Fairlead.Contracts;
using Fairlead.Core.Outcomes;

namespace Fairlead.Runner.Talk;

/// <summary>What can go wrong between a runner and its server, and with the runner itself.</summary>
internal static class JobFailures
{
    /// <summary>The server knows this job no longer: it ended, or another runner has it.</summary>
    public const string RefusedCode = "job.refused";

    public static readonly Failure Refused = new(RefusedCode, "The server no longer knows this job.", 410)
    {
        Retry = Retry.Never,
    };

    public static readonly Failure ServerAway = new("job.server-away", "The server did not answer in time.", 503)
    {
        Retry = Retry.Later,
    };

    public static readonly Failure ServerFaulty = new("job.server-faulty", "The server failed to answer.", 502)
    {
        Remedy = "The server's log says why; when it stays, report it.",
        Retry = Retry.Later,
    };

    public static readonly Failure Unreadable = new(
        "job.answer-unreadable",
        "The server's answer could not be read: runner and server are not of the same version.",
        502
    )
    {
        Remedy = "Install runner and server from the same release.",
    };

    public static readonly Failure DiskFull = new("job.disk-full", "The disk that builds work on is full.", 507)
    {
        Remedy = "Free space where Fairlead keeps its work, then build again.",
        Retry = Retry.NeedsPerson,
    };

    public static readonly Failure Bug = new("job.bug", "The runner stopped because of a mistake in Fairlead.", 500)
    {
        Remedy = "Please report it; diagnostics.log in the build's directory has the details.",
    };

    /// <summary>What the server answered, as a value again.</summary>
    public static Failure From(Problem problem) =>
        new(problem.Code, problem.Title, problem.Status) { Field = problem.Field, Remedy = problem.Remedy };

    public static Problem ToProblem(this Failure failure) =>
        new(failure.Code, failure.Sentence, failure.Status) { Field = failure.Field, Remedy = failure.Remedy };
}
