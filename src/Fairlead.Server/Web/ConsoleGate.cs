using Fairlead.Server.Access;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Fairlead.Server.Web;

/// <summary>
/// Answers for pages what the API answers with problem details: who is not signed in is led to the sign-in page and
/// back, who may not see a page is told so in the console's own frame.
/// </summary>
internal static class ConsoleGate
{
    public static async Task Lead(HttpContext context, RequestDelegate next)
    {
        var endpoint = context.GetEndpoint();
        var isPage = endpoint?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
        if (!isPage || endpoint!.Metadata.GetMetadata<OpenToAll>() is not null)
            await next(context);
        else if (context.Features.Get<Caller>() is not { } caller)
            context.Response.Redirect($"/sign-in?from={Uri.EscapeDataString(Asked(context.Request))}");
        else if (endpoint.Metadata.GetMetadata<Needs>() is { } needs && !caller.May(needs.Verb))
            await FailurePages.Show(context, AccessFailures.NotAllowed(needs.Verb, caller));
        else
            await next(context);
    }

    /// <summary>Where to lead on to after signing in: only ever a path of this server.</summary>
    public static string Local(string? from) =>
        from is ['/', not ('/' or '\\'), ..] && !from.Any(char.IsControl) ? from : "/";

    private static string Asked(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : "/";
}
