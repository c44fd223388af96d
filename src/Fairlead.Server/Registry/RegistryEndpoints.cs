using System.Text.Json;
using Fairlead.Core.Secrets;
using Fairlead.Server.Access;
using Fairlead.Server.Web;

namespace Fairlead.Server.Registry;

internal static class RegistryEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(RegistryOptions.TokenPath, Token).OpenToAll("answers with what the login given may do");
        app.MapPost(RegistryOptions.EventsPath, Events).OpenToAll("the registry's own key is checked first");
    }

    public static void MapTags(IEndpointRouteBuilder app) =>
        app.MapDelete("/api/v1/images/{space}/{name}/tags/{tag}", Delete)
            .Needs(Verbs.TagDelete)
            .WithTags("images")
            .Produces(204);

    private static async Task<IResult> Token(HttpContext request, IssueRegistryToken issue, CancellationToken cancel)
    {
        var query = request.Request.Query;
        var outcome = await issue.Run(request, query["service"], query["scope"], cancel);
        if (outcome.Failure is not { } failure)
            return outcome.ToHttp();
        if (failure.Status == StatusCodes.Status401Unauthorized)
            request.Response.Headers.WWWAuthenticate = "Basic realm=\"fairlead\"";
        return RefusedToken.ToHttp(failure);
    }

    private static async Task<IResult> Events(
        HttpContext request,
        RegistryKeys keys,
        RecordPush record,
        CancellationToken cancel
    )
    {
        var given = new Secret(request.Request.Headers.Authorization.ToString());
        var expected = new Secret("Bearer " + (await keys.Events(cancel)).Reveal());
        if (!given.Equals(expected))
            return RegistryFailures.NotTheRegistry.ToHttp();
        var events = await request.Request.ReadFromJsonAsync<RegistryEvents>(JsonSerializerOptions.Web, cancel);
        foreach (var push in events?.Events?.Where(told => told.IsTagPush) ?? [])
            await record.Run(push, cancel);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<IResult> Delete(
        string space,
        string name,
        string tag,
        DeleteTag delete,
        Caller caller,
        CancellationToken cancel
    ) => (await delete.Run(space, name, tag, caller, cancel)).ToHttp();
}
