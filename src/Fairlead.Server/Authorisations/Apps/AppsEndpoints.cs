using Fairlead.Contracts;
using Fairlead.Contracts.Authorisations;
using Fairlead.Contracts.Connections;
using Fairlead.Server.Access;
using Fairlead.Server.Web;

namespace Fairlead.Server.Authorisations.Apps;

internal static class AppsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/apps").WithTags("authorisations");
        api.MapGet("", List).Needs(Verbs.ApplicationRead);
        api.MapPost("", Make).Needs(Verbs.ApplicationWrite).Produces<AppStart>();
        api.MapDelete("/{id:long}", Delete).Needs(Verbs.ApplicationWrite).Produces(204);
        api.MapGet("/{id:long}/installations", Installations)
            .Needs(Verbs.ApplicationWrite)
            .Produces<Page<InstallationInfo>>();
        api.MapPost("/{id:long}/installations", Install).Needs(Verbs.ApplicationWrite).Produces<InstallationStart>();
        api.MapPost("/{id:long}/installations/{installation}/connection", Bind)
            .Needs(Verbs.ApplicationWrite)
            .Produces<ConnectionView>();
    }

    private static Task<Page<AppInfo>> List(
        EditApps verb,
        CancellationToken cancel,
        string? q = null,
        int page = 1,
        int size = 25
    ) => verb.List(q, page, size, cancel);

    private static async Task<IResult> Make(NewApp input, Caller caller, MakeApp verb, CancellationToken cancel) =>
        (await verb.Start(input, caller, cancel)).ToHttp();

    private static async Task<IResult> Delete(long id, Caller caller, EditApps verb, CancellationToken cancel) =>
        (await verb.Delete(id, caller, cancel)).ToHttp();

    private static async Task<IResult> Installations(
        long id,
        Caller caller,
        EditApps verb,
        CancellationToken cancel,
        string? q = null,
        int page = 1,
        int size = 25
    ) => (await verb.Installations(id, q, page, size, caller, cancel)).ToHttp();

    private static async Task<IResult> Install(long id, Caller caller, InstallApp verb, CancellationToken cancel) =>
        (await verb.Start(id, caller, cancel)).ToHttp();

    private static async Task<IResult> Bind(
        long id,
        string installation,
        Caller caller,
        InstallApp verb,
        CancellationToken cancel
    ) => (await verb.Bind(id, installation, caller, cancel)).ToHttp();
}
