using Fairlead.Contracts;
using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Web;

/// <summary>From outcomes to HTTP: the one place where a failure becomes an answer.</summary>
internal static class Problems
{
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(5);

    public static IResult ToHttp<T>(this Outcome<T> outcome) =>
        outcome.Try(out var value, out var failure) ? TypedResults.Ok(value) : failure.ToHttp();

    public static IResult ToHttp(this Outcome<Done> outcome) =>
        outcome.Ok ? TypedResults.NoContent() : outcome.Failure.ToHttp();

    /// <summary>201 with the address of what was made.</summary>
    public static IResult ToCreated<T>(this Outcome<T> outcome, Func<T, string> location) =>
        outcome.Try(out var value, out var failure) ? TypedResults.Created(location(value), value) : failure.ToHttp();

    public static IResult ToHttp(this Failure failure) => new Refusal(failure);

    /// <summary>Says when to come back, in whole seconds: always with 429, else where waiting helps.</summary>
    public static void SayWhenToRetry(this HttpResponse response, Failure failure)
    {
        if (failure.Retry != Retry.Later && failure.Status != StatusCodes.Status429TooManyRequests)
            return;
        var wait = failure.Wait ?? UsualWait;
        response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString();
    }

    private sealed class Refusal(Failure failure) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            context.Response.SayWhenToRetry(failure);
            return TypedResults
                .Json(failure.ToProblem(), statusCode: failure.Status, contentType: "application/problem+json")
                .ExecuteAsync(context);
        }
    }

    public static Problem ToProblem(this Failure failure) =>
        new(failure.Code, failure.Sentence, failure.Status)
        {
            Field = failure.Field,
            Remedy = failure.Remedy,
            Paths = failure.Paths.Count == 0 ? null : failure.Paths,
            Parts = failure.Parts.Count == 0 ? null : failure.Parts.Select(ToProblem).ToList(),
        };
}
