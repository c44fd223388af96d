using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Builds.Jobs;

internal static class JobFailures
{
    public static readonly Failure TokenRefused = new("job.token-refused", "This job has ended or never was.", 401);

    public static Failure Stale(int attempt) =>
        new("job.stale", $"Attempt {attempt} of this build is over: another runner has it now.", 410);

    public static readonly Failure LogNotLines = new(
        "job.log-not-lines",
        "The log has to be uploaded in whole lines of at most 4 MiB together.",
        400
    );

    public static readonly Failure LogFull = new("job.log-full", "The log is longer than the server keeps.", 413);

    public static Failure StateUnknown(string state) =>
        new("job.state-unknown", $"'{state}' is no way a job can end.", 422) { Field = "state" };

    public static readonly Failure DigestMissing = new(
        "job.digest-missing",
        "A job that succeeded has to name the digest of its image.",
        422
    )
    {
        Field = "digest",
    };

    public static readonly Failure SpecGone = new("job.spec-gone", "The job's description is not here.", 410);

    public static readonly Failure Unexplained = new(
        "job.unexplained",
        "It failed, and the runner did not say why.",
        500
    );
}
