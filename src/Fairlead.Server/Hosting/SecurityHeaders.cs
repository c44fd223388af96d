using Fairlead.Server.Access;

namespace Fairlead.Server.Hosting;

/// <summary>What every answer tells the browser not to do.</summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Lets the forms of this one page be posted to another site, too.</summary>
    /// <param name="site">The site as scheme, host and port.</param>
    public static void LetFormsGoTo(HttpContext context, string site) =>
        context.Features.Set(new FormsGoTo(new Uri(site).GetLeftPart(UriPartial.Authority)));

    private sealed record FormsGoTo(string Origin);

    private const string PermissionsPolicy = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

    public static Task Add(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(
            static state =>
            {
                Write((HttpContext)state);
                return Task.CompletedTask;
            },
            context
        );
        return next(context);
    }

    private static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.Features.Get<FormsGoTo>() is { } also
            ? Policy.Replace("form-action 'self'", $"form-action 'self' {also.Origin}")
            : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        if (context.Features.Get<Caller>() is not null || headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
    }
}
