using Fairlead.Contracts.Jobs;
using Fairlead.Server.Access;
using Fairlead.Server.Web;

namespace Fairlead.Server.Builds.Jobs;

/// <summary>The runner's door; <c>/job/v1/leases</c> is the Leases slice's.</summary>
internal static class JobsEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var jobs = app.MapGroup("/job/v1").OpenToAll("the job token, in every verb").ExcludeFromDescription();
        jobs.MapGet("/spec", Spec);
        jobs.MapPost("/heartbeat", Heart);
        jobs.MapPost("/log", Log);
        jobs.MapPost("/inputs", Inputs);
        jobs.MapPost("/result", Result);
    }

    private static async Task<IResult> Spec(JobToken token, RunningJobs jobs, JobSpecs specs, CancellationToken cancel)
    {
        if (!(await jobs.Find(token, cancel)).Try(out var build, out var refused))
            return refused.ToHttp();
        return await specs.Read(build, cancel) is { } spec ? TypedResults.Ok(spec) : JobFailures.SpecGone.ToHttp();
    }

    private static async Task<IResult> Heart(JobToken token, Heartbeat beat, Beat verb, CancellationToken cancel) =>
        (await verb.Run(token, beat, cancel)).ToHttp();

    private static async Task<IResult> Log(
        JobToken token,
        int attempt,
        long start,
        HttpRequest request,
        AppendLog verb,
        CancellationToken cancel
    )
    {
        using var piece = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancel)) > 0; )
        {
            if (piece.Length + read > AppendLog.LargestPiece)
                return JobFailures.LogNotLines.ToHttp();
            piece.Write(buffer, 0, read);
        }
        return (await verb.Run(token, attempt, start, piece.ToArray(), cancel)).ToHttp();
    }

    private static async Task<IResult> Inputs(
        JobToken token,
        InputsRequest inputs,
        ReuseInputs verb,
        CancellationToken cancel
    ) => (await verb.Run(token, inputs, cancel)).ToHttp();

    private static async Task<IResult> Result(
        JobToken token,
        JobResult result,
        StoreResult verb,
        CancellationToken cancel
    ) => (await verb.Run(token, result, cancel)).ToHttp();
}
