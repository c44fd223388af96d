using Fairlead.Contracts;
using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Web;

/// <summary>From outcomes to HTTP: the one place where a failure becomes an answer.</summary>
internal static class Problems
{
    public static IResult ToHttp<T>(this Outcome<T> outcome) =>
        outcome.Try(out var value, out var failure) ? TypedResults.Ok(value) : failure.ToHttp();

    public static IResult ToHttp(this Outcome<Done> outcome) =>
        outcome.Ok ? TypedResults.NoContent() : outcome.Failure.ToHttp();

    /// <summary>201 with the address of what was made.</summary>
    public static IResult ToCreated<T>(this Outcome<T> outcome, Func<T, string> location) =>
        outcome.Try(out var value, out var failure) ? TypedResults.Created(location(value), value) : failure.ToHttp();

    public static IResult ToHttp(this Failure failure) =>
        TypedResults.Json(failure.ToProblem(), statusCode: failure.Status, contentType: "application/problem+json");

    public static Problem ToProblem(this Failure failure) =>
        new(failure.Code, failure.Sentence, failure.Status)
        {
            Field = failure.Field,
            Remedy = failure.Remedy,
            Parts = failure.Parts.Count == 0 ? null : failure.Parts.Select(ToProblem).ToList(),
        };
}
