using Fairlead.Contracts;
using Fairlead.Contracts.Authorisations;
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
        api.MapGet("/{id:long}", Show).Needs(Verbs.ApplicationRead).Produces<AppInfo>();
        api.MapPut("/{id:long}/key", Replace).Needs(Verbs.ApplicationWrite).Produces<AppInfo>();
        api.MapDelete("/{id:long}", Delete).Needs(Verbs.ApplicationWrite).Produces(204);
        AppInstallationsEndpoints.Map(api);
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

    private static async Task<IResult> Show(long id, EditApps verb, CancellationToken cancel) =>
        (await verb.One(id, cancel)).ToHttp();

    private static async Task<IResult> Replace(
        long id,
        AppKey input,
        Caller caller,
        ReplaceAppKey verb,
        CancellationToken cancel
    ) => (await verb.Run(id, input, caller, cancel)).ToHttp();

    private static async Task<IResult> Delete(long id, Caller caller, EditApps verb, CancellationToken cancel) =>
        (await verb.Delete(id, caller, cancel)).ToHttp();
}
