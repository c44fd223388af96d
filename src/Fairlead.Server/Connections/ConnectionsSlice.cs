using Fairlead.Core.Providers;
using Fairlead.Providers;
using Fairlead.Server.Credentials;
using Fairlead.Server.Events.Ledger;

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
        services.AddScoped<CredentialSecrets>().AddScoped<ConnectionOpener>().AddScoped<UsableConnections>();
        services.AddScoped<ListRefs>().AddScoped<AskHost>(scope => scope.GetRequiredService<ListRefs>().OfSource);
        return services;
    }
}
