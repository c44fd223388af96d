using Fairlead.Contracts;
using Fairlead.Contracts.Connections;
using Fairlead.Server.Access;
using Fairlead.Server.Web;

namespace Fairlead.Server.Connections;

internal static class ConnectionsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("connections");
        api.MapGet("/kinds", Kinds).Needs(Verbs.ConnectionRead);
        api.MapGet("/connections", List).Needs(Verbs.ConnectionRead);
        api.MapPost("/connections", Create).Needs(Verbs.ConnectionWrite).Produces<ConnectionView>(201);
        api.MapGet("/connections/{id}", Show).Needs(Verbs.ConnectionRead).Produces<ConnectionView>();
        api.MapPatch("/connections/{id}", Update).Needs(Verbs.ConnectionWrite).Produces<ConnectionView>();
        api.MapDelete("/connections/{id}", Delete).Needs(Verbs.ConnectionWrite).Produces(204);
        api.MapPost("/connections/{id}/verify", Verify).Needs(Verbs.ConnectionWrite).Produces<ConnectionView>();
        api.MapPost("/connections/{id}/confirm", Confirm).Needs(Verbs.ConnectionWrite).Produces<ConnectionView>();
        api.MapGet("/connections/{id}/refs", Refs).Needs(Verbs.ConnectionRead).Produces<RefsInfo>();
        api.MapGet("/connections/{id}/users", Users).Needs(Verbs.ConnectionRead).Produces<Page<ConnectionUser>>();
        api.MapGet("/reach-rules", Rules).Needs(Verbs.ReachRead);
        api.MapPost("/reach-rules", AddRule).Needs(Verbs.ReachWrite).Produces<ReachRuleInfo>(201);
        api.MapDelete("/reach-rules/{id:long}", DeleteRule).Needs(Verbs.ReachWrite).Produces(204);
    }

    private static IReadOnlyList<KindInfo> Kinds(ListKinds verb) => verb.Run();

    private static Task<Page<ConnectionView>> List(
        [AsParameters] ConnectionFilter filter,
        Caller caller,
        ListConnections verb,
        CancellationToken cancel
    ) => verb.Run(filter, caller, cancel);

    private static async Task<IResult> Create(
        NewConnection input,
        Caller caller,
        CreateConnection verb,
        CancellationToken cancel
    ) => (await verb.Run(input, caller, cancel)).ToCreated(made => $"/api/v1/connections/{made.Id}");

    private static async Task<IResult> Show(string id, Caller caller, ShowConnection verb, CancellationToken cancel) =>
        (await verb.Run(id, caller, cancel)).ToHttp();

    private static async Task<IResult> Update(
        string id,
        ConnectionChange input,
        Caller caller,
        UpdateConnection verb,
        CancellationToken cancel
    ) => (await verb.Run(id, input, caller, cancel)).ToHttp();

    private static async Task<IResult> Delete(
        string id,
        Caller caller,
        DeleteConnection verb,
        CancellationToken cancel,
        bool force = false
    ) => (await verb.Run(id, force, caller, cancel)).ToHttp();

    private static async Task<IResult> Verify(
        string id,
        Caller caller,
        VerifyConnection verb,
        CancellationToken cancel
    ) => (await verb.Run(id, caller, cancel)).ToHttp();

    private static async Task<IResult> Confirm(
        string id,
        ProposalConfirmation input,
        Caller caller,
        ConfirmProposal verb,
        CancellationToken cancel
    ) => (await verb.Run(id, input, caller, cancel)).ToHttp();

    private static async Task<IResult> Refs(
        string id,
        Caller caller,
        ListRefs verb,
        CancellationToken cancel,
        string repository = "",
        string? q = null,
        int page = 1,
        int size = 25
    ) => (await verb.Run(id, repository, q, page, size, caller, cancel)).ToHttp();

    private static async Task<IResult> Users(
        string id,
        Caller caller,
        ConnectionUsers verb,
        CancellationToken cancel,
        string? q = null,
        int page = 1,
        int size = 25
    ) => (await verb.Run(id, q, page, size, caller, cancel)).ToHttp();

    private static Task<Page<ReachRuleInfo>> Rules(
        ReachRules verb,
        CancellationToken cancel,
        string? q = null,
        int page = 1,
        int size = 25
    ) => verb.List(q, page, size, cancel);

    private static async Task<IResult> AddRule(
        NewReachRule input,
        Caller caller,
        ReachRules verb,
        CancellationToken cancel
    ) => (await verb.Add(input, caller, cancel)).ToCreated(made => $"/api/v1/reach-rules/{made.Id}");

    private static async Task<IResult> DeleteRule(long id, Caller caller, ReachRules verb, CancellationToken cancel) =>
        (await verb.Delete(id, caller, cancel)).ToHttp();
}
