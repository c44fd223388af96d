using Fairlead.Server.Builds;
using Fairlead.Server.Events.Hooks;
using Fairlead.Server.Events.Ledger;
using Fairlead.Server.Hosting;

namespace Fairlead.Server.Events;

/// <summary>Hears of changes (hooks, looks, people), keeps them in one ledger, and has each act once.</summary>
internal static class EventsSlice
{
    public static IServiceCollection AddEvents(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton<LedgerBell>();
        if (options.Database is { } postgres)
            services.AddSingleton<InboxStore>(_ => new PostgresInboxStore(postgres));
        else
            services.AddSingleton<InboxStore, SqliteInboxStore>();
        services.AddSingleton<Inbox>().AddHostedService(all => all.GetRequiredService<Inbox>());
        services.AddSingleton<HookDirectory>();
        services.AddSingleton(all => new HookBody(options.HookBodyLimit, all.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Strangers>().AddSingleton<ReceiveHook>().AddSingleton<HookSecrets>();

        services.AddSingleton<QuietLooks>().AddHostedService<LedgerService>();
        services.AddScoped<DueLooks>().AddScoped<LookAtHost>();
        services.AddSingleton<PruneDeliveries>().AddHostedService(all => all.GetRequiredService<PruneDeliveries>());
        services.AddScoped<SourceTurn>().AddScoped<ReadDeliveries>().AddScoped<RecordTurn>();

        services.AddScoped<ActOnEvent>(all => all.GetRequiredService<QueueBuilds>().Run);

        services
            .AddScoped<BindSource>()
            .AddScoped<MissedChanges>()
            .AddScoped<FollowRepository>()
            .AddScoped<VisibleSources>()
            .AddScoped<RotateHookSecret>();
        services.AddScoped<ListSources>().AddScoped<ListEvents>().AddScoped<ListDeliveries>();
        services.AddScoped<LookNow>().AddScoped<ReplayDelivery>().AddScoped<ReplayEvent>();
        return services;
    }

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        EventsEndpoints.MapHook(routes);
        EventsEndpoints.MapApi(routes);
    }
}
