using Fairlead.Server.Access;
using Fairlead.Server.Web;

namespace Fairlead.Server.Registry;

internal static class RegistryEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(RegistryOptions.TokenPath, Token).OpenToAll("answers with what the login given may do");
    }

    private static async Task<IResult> Token(HttpContext request, IssueRegistryToken issue, CancellationToken cancel)
    {
        var query = request.Request.Query;
        var outcome = await issue.Run(request, query["service"], query["scope"], cancel);
        if (outcome.Failure is { Status: StatusCodes.Status401Unauthorized })
            request.Response.Headers.WWWAuthenticate = "Basic realm=\"fairlead\"";
        return outcome.ToHttp();
    }
}
