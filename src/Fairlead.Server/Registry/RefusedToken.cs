using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Registry;

/// <summary>
/// A refusal for people and for registry clients: besides our own fields it has those of the distribution
/// specification's errors, which docker, podman, buildah and skopeo show as they are.
/// </summary>
internal sealed record RefusedToken(
    string Code,
    string Title,
    int Status,
    string? Remedy,
    IReadOnlyList<RefusedToken.Error> Errors
)
{
    /// <param name="Code"><c>UNAUTHORIZED</c> or <c>DENIED</c>.</param>
    internal sealed record Error(string Code, string Message);

    public static IResult ToHttp(Failure failure)
    {
        var code = failure.Status == StatusCodes.Status401Unauthorized ? "UNAUTHORIZED" : "DENIED";
        var message = failure.Remedy is { } remedy ? $"{failure.Sentence} {remedy}" : failure.Sentence;
        return TypedResults.Json(
            new RefusedToken(failure.Code, failure.Sentence, failure.Status, failure.Remedy, [new(code, message)]),
            statusCode: failure.Status,
            contentType: "application/problem+json"
        );
    }
}
