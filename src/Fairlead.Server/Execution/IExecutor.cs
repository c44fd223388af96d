using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;
using Fairlead.Server.Execution.Engines;

namespace Fairlead.Server.Execution;

/// <summary>Where a job will work, and with which engine.</summary>
internal sealed record JobPlace(JobEngine Engine, JobWorkspace Workspace);

/// <summary>
/// What starts runners, and finds them again after a restart. Knows nothing of builds or the database.
/// </summary>
internal interface IExecutor
{
    /// <summary>
    /// Makes the slot's engine ready. A failure keeps the build in the queue; it says why that waits.
    /// </summary>
    /// <param name="ofRequest">The job builds a pull request, apart from all else.</param>
    Task<Outcome<JobPlace>> Prepare(
        JobId job,
        int slot,
        IReadOnlyList<RegistryReach> registries,
        bool ofRequest,
        CancellationToken cancel
    );

    /// <summary>Starts the runner. It lives on when this server dies.</summary>
    Task<Outcome<Done>> Start(JobId job, Secret token, CancellationToken cancel);

    bool IsAlive(JobId job);

    /// <summary>What the runner's process said outside the build's log: why it crashed.</summary>
    string LastWords(JobId job);

    /// <summary>Ends the runner and all it started, and removes what it worked on.</summary>
    Task Remove(JobId job, CancellationToken cancel);

    /// <summary>Gives back what slots hold that build nothing and will not.</summary>
    /// <param name="keep">Slots to leave alone.</param>
    Task Release(IReadOnlySet<int> keep, CancellationToken cancel);

    /// <summary>All jobs that have left something on this machine.</summary>
    IReadOnlyList<JobId> Known();
}
