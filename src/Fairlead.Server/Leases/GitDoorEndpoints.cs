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
        service == "git-upload-pack"
            ? Pass(token, context, isFirst: true)
            : Task.FromResult(LeaseFailures.OnlyReading.ToHttp());

    private static Task<IResult> Ask(JobToken token, HttpContext context) => Pass(token, context, isFirst: false);

    private static async Task<IResult> Pass(JobToken token, HttpContext context, bool isFirst)
    {
        var (services, answer) = (context.RequestServices, context.Response);
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        if (!(await services.GetRequiredService<RunningJobs>().Find(token, end.Token)).Try(out var build, out var no))
            return no.ToHttp();
        answer.ContentType = isFirst ? UploadPack.Shown : UploadPack.Answered;
        var door = services.GetRequiredService<GitDoor>();
        try
        {
            var request = new UploadPackRequest(Header(context, "Git-Protocol"))
            {
                Body = isFirst ? null : await Question(context, end.Token),
                Encoding = Header(context, "Content-Encoding"),
            };
            var passed = await door.Run(build, request, answer.Body, end.Token);
            if (passed.Failure is { } failure)
                await Tell(failure, token, answer, isFirst, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The runner asks the server that comes after this one.
            context.Abort();
        }
        return Results.Empty;
    }

    private static async Task<byte[]> Question(HttpContext context, CancellationToken cancel)
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = LargestQuestion;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancel);
        return body.ToArray();
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
