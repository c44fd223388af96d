using Fairlead.Contracts;
using Fairlead.Contracts.Authorisations;
using Fairlead.Contracts.Connections;
using Fairlead.Server.Access;
using Fairlead.Server.Web;

namespace Fairlead.Server.Authorisations.Apps;

internal static class AppInstallationsEndpoints
{
    public static void Map(RouteGroupBuilder apps)
    {
        var api = apps.MapGroup("/{id:long}/installations");
        api.MapGet("", List).Needs(Verbs.ApplicationWrite).Produces<Page<InstallationInfo>>();
        api.MapPost("", Install).Needs(Verbs.ApplicationWrite).Produces<InstallationStart>();
        api.MapPost("/{installation}/connection", Bind).Needs(Verbs.ApplicationWrite).Produces<ConnectionView>();
    }

    private static async Task<IResult> List(
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
