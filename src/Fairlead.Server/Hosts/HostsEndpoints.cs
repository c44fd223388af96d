using Fairlead.Contracts;
using Fairlead.Contracts.Connections;
using Fairlead.Server.Access;
using Fairlead.Server.Hosts.Branches;
using Fairlead.Server.Web;

namespace Fairlead.Server.Hosts;

internal static class HostsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("hosts");
        api.MapGet("/connections/{id}/repositories", Repositories)
            .Needs(Verbs.ConnectionRead)
            .Produces<Page<RepositoryInfo>>();
        BranchesEndpoints.Map(api);
        api.MapGet("/hooks", Hooks).Needs(Verbs.EventRead);
        api.MapPost("/sources/{id:long}/hook-repair", Repair).Needs(Verbs.HookRepair).Produces<HookInfo>();
    }

    private static async Task<IResult> Repositories(
        string id,
        Caller caller,
        ListRepositories verb,
        CancellationToken cancel,
        string? q = null,
        int page = 1,
        int size = 25,
        bool fresh = false
    ) => (await verb.Run(id, new RepositoryQuery(q, page, size, fresh), caller, cancel)).ToHttp();

    private static Task<Page<HookInfo>> Hooks(
        [AsParameters] HookFilter filter,
        Caller caller,
        ListHooks verb,
        CancellationToken cancel
    ) => verb.Run(filter, caller, cancel);

    private static async Task<IResult> Repair(long id, Caller caller, RepairHook verb, CancellationToken cancel) =>
        (await verb.Run(id, caller, cancel)).ToHttp();
}
