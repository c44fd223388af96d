using Fairlead.Contracts;
using Fairlead.Contracts.Builds;
using Fairlead.Server.Access;
using Fairlead.Server.Web;

namespace Fairlead.Server.Builds;

internal static class BuildsEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var builds = app.MapGroup("/api/v1/builds").WithTags("builds");
        builds.MapGet("", List).Needs(Verbs.BuildRead).Produces<Page<BuildInfo>>();
        builds.MapGet("/{id:long}", Show).Needs(Verbs.BuildRead).Produces<BuildInfo>();
        builds
            .MapGet("/{id:long}/log", LogEndpoints.Get)
            .Needs(Verbs.BuildRead)
            .Produces<string>(200, "text/plain", LogEndpoints.Json, LogEndpoints.Events);
        builds.MapPost("/{id:long}/cancel", Cancel).Needs(Verbs.BuildCancel).Produces(204);
        builds.MapPost("/{id:long}/rebuild", Again).Needs(Verbs.BuildStart).Produces<BuildInfo>(201);
        app.MapGet("/api/v1/queue", Queue).Needs(Verbs.BuildRead).WithTags("builds").Produces<QueueInfo>();

        var image = app.MapGroup("/api/v1/images/{space}/{name}/builds").WithTags("builds");
        image.MapGet("", OfImage).Needs(Verbs.BuildRead).Produces<Page<BuildInfo>>();
        image.MapPost("", Start).Needs(Verbs.BuildStart).Produces<BuildInfo>(201);
    }

    private static async Task<IResult> List(
        ListBuilds verb,
        CancellationToken cancel,
        string? image = null,
        string? state = null,
        string? @ref = null,
        string? q = null,
        int page = 1,
        int size = 25
    ) => TypedResults.Ok(await verb.Run(new BuildFilter(image, state, @ref, q, page, size), cancel));

    private static async Task<IResult> OfImage(
        string space,
        string name,
        ListBuilds verb,
        CancellationToken cancel,
        string? state = null,
        string? @ref = null,
        string? q = null,
        int page = 1,
        int size = 25
    ) => TypedResults.Ok(await verb.Run(new BuildFilter($"{space}/{name}", state, @ref, q, page, size), cancel));

    private static async Task<IResult> Show(long id, ListBuilds verb, CancellationToken cancel) =>
        (await verb.Show(id, cancel)).ToHttp();

    private static async Task<IResult> Cancel(long id, CancelBuild verb, Caller caller, CancellationToken cancel) =>
        (await verb.Run(id, caller, cancel)).ToHttp();

    private static async Task<IResult> Again(long id, Rebuild verb, Caller caller, CancellationToken cancel) =>
        (await verb.Run(id, caller, cancel)).ToCreated(build => $"/api/v1/builds/{build.Id}");

    private static async Task<IResult> Queue(BuildQueue verb, CancellationToken cancel) =>
        TypedResults.Ok(await verb.Run(cancel));

    private static async Task<IResult> Start(
        string space,
        string name,
        BuildNowInput input,
        BuildNow verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.Run(space, name, input, caller, cancel)).ToCreated(build => $"/api/v1/builds/{build.Id}");
}
