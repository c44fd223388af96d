using Fairlead.Core.Outcomes;
using Fairlead.Server.Web;

namespace Fairlead.Server.Access;

/// <summary>
/// What an endpoint demands of its caller. Without one, and without <see cref="OpenToAll"/>, it is refused.
/// </summary>
internal sealed record Needs(Verb Verb);

/// <summary>
/// The endpoint authenticates in its own way (a hook's signature, a job token) or needs nobody (health).
/// </summary>
internal sealed record OpenToAll(string Why);

internal static class NeedsEndpoints
{
    /// <summary>Only callers that may <paramref name="verb"/> reach the handler.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Verb verb)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Needs(verb));

    /// <param name="why">Who checks instead, for the reader and for the test that lists open endpoints.</param>
    public static TBuilder OpenToAll<TBuilder>(this TBuilder endpoint, string why)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new OpenToAll(why));

    /// <summary>The middleware that enforces it, after routing and authentication.</summary>
    public static async Task Enforce(HttpContext context, RequestDelegate next)
    {
        var endpoint = context.GetEndpoint();
        // Routing's own endpoints for "wrong method" and "wrong media type" are not routes.
        if (endpoint is not RouteEndpoint || endpoint.Metadata.GetMetadata<OpenToAll>() is not null)
            await next(context);
        else if (Refusal(context, endpoint.Metadata.GetMetadata<Needs>()) is { } failure)
            await failure.ToHttp().ExecuteAsync(context);
        else
            await next(context);
    }

    private static Failure? Refusal(HttpContext context, Needs? needs) =>
        context.Features.Get<Caller>() switch
        {
            null => AccessFailures.SignInNeeded,
            var caller when needs is not null && caller.May(needs.Verb) => null,
            var caller => AccessFailures.NotAllowed(needs?.Verb, caller),
        };
}
