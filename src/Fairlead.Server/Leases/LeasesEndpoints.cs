using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Builds.Jobs;
using Fairlead.Server.Web;

namespace Fairlead.Server.Leases;

/// <summary>Where jobs ask for keys, each for itself only.</summary>
internal static class LeasesEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var leases = app.MapGroup("/job/v1/leases").OpenToAll("the job token, in every verb").ExcludeFromDescription();
        leases.MapPost("/git", Git);
        leases.MapPost("/registry", Registry);
    }

    private static async Task<IResult> Git(JobToken token, RunningJobs jobs, LeaseGit verb, CancellationToken cancel) =>
        (await jobs.Find(token, cancel)).Try(out var build, out var refused)
            ? ToHttp(await verb.Run(build, cancel))
            : refused.ToHttp();

    private static async Task<IResult> Registry(
        JobToken token,
        RegistryLeaseRequest wish,
        RunningJobs jobs,
        LeaseRegistry verb,
        CancellationToken cancel
    ) =>
        (await jobs.Find(token, cancel)).Try(out var build, out var refused)
            ? ToHttp(await verb.Run(build, wish, cancel))
            : refused.ToHttp();

    private static IResult ToHttp<T>(Outcome<T> outcome) =>
        outcome.Try(out var lease, out var failure) ? TypedResults.Ok(lease) : LeaseFailures.ForJob(failure).ToHttp();
}
