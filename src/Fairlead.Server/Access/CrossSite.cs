using Fairlead.Server.Web;

namespace Fairlead.Server.Access;

/// <summary>
/// Refuses what another site makes a browser send, before antiforgery tokens are even looked at. Programs send
/// neither header. Origin is <c>null</c> for our own forms too, because pages tell the browser to send no referrer.
/// </summary>
internal static class CrossSite
{
    public static Task Refuse(HttpContext context, RequestDelegate next) =>
        IsSafe(context.Request.Method) || !IsForeign(context.Request)
            ? next(context)
            : FailurePages.Answer(context, AccessFailures.CrossSite);

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsForeign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site])
            return site is not ("same-origin" or "none");
        return request.Headers.Origin is [{ } origin]
            && origin != "null"
            && origin != $"{request.Scheme}://{request.Host}";
    }
}
