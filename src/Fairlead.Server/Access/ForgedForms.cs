using Microsoft.AspNetCore.Antiforgery;

namespace Fairlead.Server.Access;

/// <summary>Refuses a form without its token, for the endpoints that read a form do not look.</summary>
internal static class ForgedForms
{
    public static Task Refuse(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
            return next(context);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}
