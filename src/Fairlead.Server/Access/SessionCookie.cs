namespace Fairlead.Server.Access;

/// <summary>
/// The browser's end of a session: a random value, unreadable for scripts, never sent across sites on POST.
/// </summary>
internal static class SessionCookie
{
    /// <summary>Browsers accept the <c>__Host-</c> prefix over https only; plain http is loopback.</summary>
    private static string Name(HttpContext context) => context.Request.IsHttps ? "__Host-fairlead" : "fairlead";

    public static string? Read(HttpContext context) =>
        context.Request.Cookies.TryGetValue(Name(context), out var value) && value.Length == 32 ? value : null;

    public static void Write(HttpContext context, string value) =>
        context.Response.Cookies.Append(Name(context), value, Options(context));

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(Name(context), Options(context));

    private static CookieOptions Options(HttpContext context) =>
        new()
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            IsEssential = true,
        };
}
