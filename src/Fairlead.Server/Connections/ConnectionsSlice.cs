using Fairlead.Core.Providers;
using Fairlead.Providers;
using Fairlead.Server.Events;
using Fairlead.Server.Events.Ledger;
using Fairlead.Server.Images;

namespace Fairlead.Server.Connections;

/// <summary>Bound outside systems: who may use them, whether they work, and how they are opened.</summary>
internal static class ConnectionsSlice
{
    public static IServiceCollection AddServiceConnections(this IServiceCollection services)
    {
        services.AddSingleton(all => Outside.Of(all.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IReadOnlyList<IProvider>>(all =>
            Fairlead.Providers.Providers.All(all.GetRequiredService<Outside>())
        );
        services.AddScoped<ConnectionOpener>().AddScoped<UsableConnections>();
        services.AddScoped<ListRefs>().AddScoped<AskHost>(scope => scope.GetRequiredService<ListRefs>().OfSource);
        services.AddScoped<ReadScope>().AddScoped<ChangeUse>().AddScoped<ReachRules>().AddSingleton<ListKinds>();
        services.AddScoped<CreateConnection>().AddScoped<UpdateConnection>().AddScoped<DeleteConnection>();
        services.AddSingleton<VerifyPlaces>();
        services.AddScoped<VerifyConnection>().AddScoped<ConfirmProposal>().AddHostedService<VerifyService>();
        services.AddScoped<ListConnections>().AddScoped<ShowConnection>().AddScoped<ConnectionUsers>();
        services.AddScoped<UnbindConnection>().AddScoped<ForgetSources>();
        return services;
    }

    public static void MapServiceConnections(this IEndpointRouteBuilder routes) => ConnectionsEndpoints.Map(routes);
}
