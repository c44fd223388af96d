namespace Fairlead.Server.Access;

/// <summary>
/// Finds out who is asking. The API and the metrics take bearer tokens only, so a cookie cannot be abused for them
/// from another site; pages take cookies only. Hooks, jobs and the registry's token service authenticate themselves.
/// </summary>
internal static class Authentication
{
    public static async Task Identify(HttpContext context, RequestDelegate next)
    {
        var address = context.Connection.RemoteIpAddress?.ToString();
        if (TakesBearer(context.Request.Path))
        {
            if (Bearer(context.Request) is { } token)
            {
                var tokens = context.RequestServices.GetRequiredService<ApiTokens>();
                context.Features.Set(await tokens.Find(token, address, context.RequestAborted));
            }
        }
        else if (SessionCookie.Read(context) is { } cookie)
        {
            var sessions = context.RequestServices.GetRequiredService<Sessions>();
            context.Features.Set(await sessions.Find(cookie, address, context.RequestAborted));
        }
        await next(context);
    }

    public static bool TakesBearer(PathString path) => path.StartsWithSegments("/api") || path == "/metrics";

    private static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization is [{ } header]
        && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header["Bearer ".Length..].Trim()
            : null;
}
