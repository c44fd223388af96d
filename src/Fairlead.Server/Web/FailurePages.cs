using Fairlead.Core.Outcomes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fairlead.Server.Web;

/// <summary>
/// A failure before any page was reached, in the console's own frame for people, as problem details for programs.
/// </summary>
internal static class FailurePages
{
    /// <summary>Where programs ask; they never get a page.</summary>
    private static readonly string[] Machines =
    [
        "/api",
        "/hooks",
        "/job",
        "/health",
        "/metrics",
        "/registry",
        "/openapi",
    ];

    public static Task Answer(HttpContext context, Failure failure) =>
        IsForPeople(context.Request) ? Show(context, failure) : failure.ToHttp().ExecuteAsync(context);

    public static Task Show(HttpContext context, Failure failure)
    {
        context.Response.StatusCode = failure.Status;
        context.Response.SayWhenToRetry(failure);
        var screen = new Dictionary<string, object?> { [nameof(FailureScreen.Failure)] = failure };
        return new RazorComponentResult<FailureScreen>(screen) { StatusCode = failure.Status }.ExecuteAsync(context);
    }

    private static bool IsForPeople(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
        && !Machines.Any(path => request.Path.StartsWithSegments(path));
}
