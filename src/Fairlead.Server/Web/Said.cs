namespace Fairlead.Server.Web;

/// <summary>A sentence for the next page ("Verified."): kept in a cookie for one redirect, shown as text.</summary>
internal static class Said
{
    private const string Cookie = "fairlead-said";

    public static void Leave(HttpContext http, string sentence) =>
        http.Response.Cookies.Append(Cookie, sentence, Options(http));

    public static string? Take(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(Cookie, out var sentence) || sentence is not { Length: > 0 and <= 300 })
            return null;
        http.Response.Cookies.Delete(Cookie, Options(http));
        return sentence;
    }

    private static CookieOptions Options(HttpContext http) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = http.Request.IsHttps,
            MaxAge = TimeSpan.FromMinutes(1),
        };
}
