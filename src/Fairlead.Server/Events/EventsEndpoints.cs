using Fairlead.Contracts;
using Fairlead.Contracts.Events;
using Fairlead.Server.Access;
using Fairlead.Server.Events.Hooks;
using Fairlead.Server.Web;

namespace Fairlead.Server.Events;

internal static class EventsEndpoints
{
    /// <summary>Runs ahead of everything that is not its business: who is signed in, for one.</summary>
    public static void MapHook(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/hooks/{id}", routes.ServiceProvider.GetRequiredService<ReceiveHook>().Run)
            .OpenToAll("the signature is checked here")
            .ShortCircuit();

    public static void MapApi(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("events");
        api.MapGet("/sources", Sources).Needs(Verbs.EventRead);
        api.MapGet("/sources/{id:long}", Source).Needs(Verbs.EventRead).Produces<SourceInfo>();
        api.MapPost("/sources/{id:long}/look", Look).Needs(Verbs.EventReplay).Produces<ReplayResult>();
        api.MapPost("/sources/{id:long}/hook-secret", Rotate).Needs(Verbs.HookSecret).Produces<HookShown>();
        api.MapGet("/events", Events).Needs(Verbs.EventRead);
        api.MapPost("/events/{id:long}/replay", ReplayEvent).Needs(Verbs.EventReplay).Produces<ReplayResult>();
        api.MapGet("/deliveries", Deliveries).Needs(Verbs.EventRead);
        api.MapGet("/deliveries/{id:long}", Delivery).Needs(Verbs.EventRead).Produces<DeliveryDetail>();
        api.MapPost("/deliveries/{id:long}/replay", Replay).Needs(Verbs.EventReplay).Produces<ReplayResult>();
    }

    private static Task<Page<SourceInfo>> Sources(
        Caller caller,
        ListSources verb,
        CancellationToken cancel,
        string? q = null,
        int page = 1,
        int size = 25
    ) => verb.Run(q, page, size, caller, cancel);

    private static async Task<IResult> Source(long id, Caller caller, ListSources verb, CancellationToken cancel) =>
        (await verb.One(id, caller, cancel)).ToHttp();

    private static async Task<IResult> Look(long id, Caller caller, LookNow verb, CancellationToken cancel) =>
        (await verb.Run(id, caller, cancel)).ToHttp();

    private static async Task<IResult> Rotate(
        long id,
        Caller caller,
        RotateHookSecret verb,
        CancellationToken cancel
    ) => (await verb.Run(id, caller, cancel)).ToHttp();

    private static Task<Page<EventInfo>> Events(
        [AsParameters] EventFilter filter,
        Caller caller,
        ListEvents verb,
        CancellationToken cancel
    ) => verb.Run(filter, caller, cancel);

    private static Task<Page<DeliveryInfo>> Deliveries(
        [AsParameters] DeliveryFilter filter,
        Caller caller,
        ListDeliveries verb,
        CancellationToken cancel
    ) => verb.Run(filter, caller, cancel);

    private static async Task<IResult> Delivery(
        long id,
        Caller caller,
        ListDeliveries verb,
        CancellationToken cancel
    ) => (await verb.One(id, caller, cancel)).ToHttp();

    private static async Task<IResult> Replay(
        long id,
        ReplayInput input,
        Caller caller,
        ReplayDelivery verb,
        CancellationToken cancel
    ) => (await verb.Run(id, input, caller, cancel)).ToHttp();

    private static async Task<IResult> ReplayEvent(
        long id,
        ReplayInput input,
        Caller caller,
        ReplayEvent verb,
        CancellationToken cancel
    ) => (await verb.Run(id, input, caller, cancel)).ToHttp();
}
