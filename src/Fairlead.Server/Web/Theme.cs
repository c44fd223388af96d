namespace Fairlead.Server.Web;

/// <summary>Light, dark, or what the system says; a cookie, so the first paint is already right.</summary>
internal static class Theme
{
    private const string Cookie = "fairlead-theme";

    public static string Of(HttpContext http) =>
        http.Request.Cookies[Cookie] is "light" or "dark" ? http.Request.Cookies[Cookie]! : "auto";

    /// <summary>
    /// The switch with scripts off: remembers the choice and leads back. Changes nothing but a cookie.
    /// </summary>
    public static IResult Choose(HttpContext http, IFormCollection form)
    {
        var theme = form["theme"].ToString();
        http.Response.Cookies.Append(
            Cookie,
            theme is "light" or "dark" ? theme : "auto",
            new()
            {
                SameSite = SameSiteMode.Lax,
                MaxAge = TimeSpan.FromDays(365),
                Secure = http.Request.IsHttps,
            }
        );
        return TypedResults.Redirect(ConsoleGate.Local(form["from"]));
    }
}
