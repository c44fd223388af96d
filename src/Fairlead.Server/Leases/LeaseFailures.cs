using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Leases;

/// <summary>Why a job gets no key. What an outside system says goes on in its own words.</summary>
internal static class LeaseFailures
{
    public static readonly Failure NoSource = new(
        "lease.no-source",
        "The image this build is for is no longer bound to a repository.",
        422
    )
    {
        Remedy = "Bind the image to a repository again, then build anew.",
        Retry = Retry.NeedsPerson,
    };

    public static Failure NotThisImage(string repository) =>
        new("lease.not-this-image", $"This build may not push to {repository}.", 403)
        {
            Remedy = "A build pushes to its own image only; build again if the image's target was changed.",
        };

    public static Failure CannotMint(string kind, string what) =>
        new("lease.cannot-mint", $"A connection of the kind {kind} gives no key to {what}.", 422)
        {
            Remedy = "Choose a connection of another kind.",
            Retry = Retry.NeedsPerson,
        };

    public static readonly Failure NoLease = new(
        "lease.none",
        "This job has no lease to fetch its repository through this server.",
        403
    );

    public static readonly Failure OnlyReading = new(
        "lease.only-reading",
        "Jobs may fetch through this server and nothing else.",
        403
    );

    public static readonly Failure BadName = new(
        "lease.bad-name",
        "What was asked for is no name of an image repository.",
        422
    );

    /// <summary>
    /// As a runner may read it: 401 and 410 mean to it that its job is over, 503 that the server is away, and an
    /// outside
    /// system's refusal is neither.
    /// </summary>
    public static Failure ForJob(Failure failure) =>
        failure.Status switch
        {
            401 or 410 => failure with { Status = 422 },
            >= 500 => failure with { Status = 502 },
            _ => failure,
        };
}
