using Fairlead.Contracts;
using Fairlead.Contracts.Authorisations;
using Fairlead.Server.Access;
using Fairlead.Server.Web;

namespace Fairlead.Server.Authorisations;

internal static class AuthorisationsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("authorisations");
        api.MapGet("/applications", List).Needs(Verbs.ApplicationRead);
        api.MapPost("/applications", Add).Needs(Verbs.ApplicationWrite).Produces<ApplicationInfo>(201);
        api.MapDelete("/applications/{id:long}", Delete).Needs(Verbs.ApplicationWrite).Produces(204);
        api.MapPost("/grants", Start).Needs(Verbs.ConnectionWrite).Produces<GrantStart>();
        api.MapPost("/grants/devices", StartDevice).Needs(Verbs.ConnectionWrite).Produces<DeviceGrant>();
        api.MapPost("/grants/devices/{id:long}", Follow).Needs(Verbs.ConnectionWrite).Produces<DeviceGrantState>();
    }

    private static Task<Page<ApplicationInfo>> List(
        EditApplications verb,
        CancellationToken cancel,
        string? q = null,
        int page = 1,
        int size = 25
    ) => verb.List(q, page, size, cancel);

    private static async Task<IResult> Add(
        NewApplication input,
        Caller caller,
        EditApplications verb,
        CancellationToken cancel
    ) => (await verb.Add(input, caller, cancel)).ToCreated(made => $"/api/v1/applications/{made.Id}");

    private static async Task<IResult> Delete(
        long id,
        Caller caller,
        EditApplications verb,
        CancellationToken cancel
    ) => (await verb.Delete(id, caller, cancel)).ToHttp();

    private static async Task<IResult> Start(
        NewGrant input,
        Caller caller,
        StartGrant verb,
        CancellationToken cancel
    ) => (await verb.Run(input, caller, cancel)).ToHttp();

    private static async Task<IResult> StartDevice(
        NewGrant input,
        Caller caller,
        GrantByDevice verb,
        CancellationToken cancel
    ) => (await verb.Start(input, caller, cancel)).ToHttp();

    private static async Task<IResult> Follow(long id, Caller caller, GrantByDevice verb, CancellationToken cancel) =>
        (await verb.Follow(id, caller, cancel)).ToHttp();
}
