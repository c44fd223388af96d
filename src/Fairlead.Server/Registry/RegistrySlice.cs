using Fairlead.Programs;
using Fairlead.Server.Hosting;

namespace Fairlead.Server.Registry;

internal static class RegistrySlice
{
    public static IServiceCollection AddRegistry(this IServiceCollection services, ServerOptions server)
    {
        services.AddScoped<ImageTargets>().AddScoped<DeleteTag>().AddScoped<DropManifests>();
        if (RegistryOptions.From(server) is not { } options)
            return services;
        services.AddSingleton(options).AddSingleton<RegistryKeys>().AddSingleton<RegistryTokens>();
        services.AddSingleton<ProgramRunner>().AddSingleton<DetachedProgram>().AddHostedService<ManagedRegistry>();
        services.AddSingleton<ManagedImages>().AddScoped<RecordPush>().AddScoped<ReconcileTags>();
        services.AddSingleton<KeepTags>().AddHostedService(all => all.GetRequiredService<KeepTags>());
        return services.AddScoped<IdentifyClient>().AddScoped<GrantAccess>().AddScoped<IssueRegistryToken>();
    }

    public static void MapRegistry(this IEndpointRouteBuilder app)
    {
        RegistryEndpoints.MapTags(app);
        if (app.ServiceProvider.GetService<RegistryOptions>() is not null)
            RegistryEndpoints.Map(app);
    }
}
