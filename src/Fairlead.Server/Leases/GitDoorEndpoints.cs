using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Providers.GitHttp;
using Fairlead.Server.Access;
using Fairlead.Server.Builds.Jobs;
using Fairlead.Server.Web;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Server.Leases;

/// <summary>
/// Git's smart HTTP protocol for one job (<c>/job/v1/git</c>). What goes wrong is told in that protocol, so that git
/// repeats it to the runner word by word.
/// </summary>
internal static class GitDoorEndpoints
{
    /// <summary>Bytes: git names every commit that a mirror has.</summary>
    private const long LargestQuestion = 16 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder app)
    {
        var git = app.MapGroup("/job/v1/git").OpenToAll("the job token, in every verb").ExcludeFromDescription();
        git.MapGet("/info/refs", Discover);
        git.MapPost("/git-upload-pack", Ask);
    }

    private static Task<IResult> Discover(JobToken token, string? service, HttpContext context) =>
        service == "git-upload-pack" ? Pass(token, context, null) : Task.FromResult(LeaseFailures.OnlyReading.ToHttp());

    private static async Task<IResult> Ask(JobToken token, HttpContext context)
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = LargestQuestion;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return await Pass(token, context, body.ToArray());
    }

    private static async Task<IResult> Pass(JobToken token, HttpContext context, byte[]? body)
    {
        var (services, answer) = (context.RequestServices, context.Response);
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        if (!(await services.GetRequiredService<RunningJobs>().Find(token, end.Token)).Try(out var build, out var no))
            return no.ToHttp();
        answer.ContentType = body is null ? UploadPack.Shown : UploadPack.Answered;
        var request = new UploadPackRequest(Header(context, "Git-Protocol"))
        {
            Body = body,
            Encoding = Header(context, "Content-Encoding"),
        };
        var door = services.GetRequiredService<GitDoor>();
        try
        {
            var passed = await door.Run(build, request, answer.Body, end.Token);
            if (passed.Failure is { } failure)
                await Tell(failure, token, answer, isFirst: body is null, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The runner asks the server that comes after this one.
            context.Abort();
        }
        return Results.Empty;
    }

    /// <summary>Half an answer can only be broken off.</summary>
    private static async Task Tell(
        Failure failure,
        JobToken token,
        HttpResponse answer,
        bool isFirst,
        CancellationToken cancel
    )
    {
        if (answer.HasStarted)
            answer.HttpContext.Abort();
        else
            await answer.Body.WriteAsync(
                UploadPack.Error(isFirst, DoorWords.Write(token.Hash!, failure.ToProblem())),
                cancel
            );
    }

    private static string? Header(HttpContext context, string name) =>
        context.Request.Headers[name].ToString() is { Length: > 0 } value ? value : null;
}
