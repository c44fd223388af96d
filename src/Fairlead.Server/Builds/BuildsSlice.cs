using Fairlead.Server.Builds.Jobs;

namespace Fairlead.Server.Builds;

/// <summary>Builds: asked for, listed, followed, cancelled; and the door runners come in by.</summary>
internal static class BuildsSlice
{
    public static IServiceCollection AddBuilds(this IServiceCollection services) =>
        services
            .AddSingleton<QueueSignal>()
            .AddSingleton<QueueObstacle>()
            .AddSingleton<BuildSignals>()
            .AddSingleton<BuildReading>()
            .AddSingleton<MakeBuild>()
            .AddSingleton<QueueBuilds>()
            .AddSingleton<EndBuild>()
            .AddSingleton<JobSpecs>()
            .AddScoped<BuildQueue>()
            .AddScoped<BuildLog>()
            .AddScoped<ListBuilds>()
            .AddScoped<BuildNow>()
            .AddScoped<Rebuild>()
            .AddScoped<CancelBuild>()
            .AddScoped<RunningJobs>()
            .AddScoped<Beat>()
            .AddScoped<AppendLog>()
            .AddScoped<StoreResult>()
            .AddScoped<BaseDigests>()
            .AddScoped<ReuseInputs>()
            .AddSingleton<PruneLogs>()
            .AddHostedService(services => services.GetRequiredService<PruneLogs>());

    public static void MapBuilds(this IEndpointRouteBuilder app)
    {
        BuildsEndpoints.Map(app);
        JobsEndpoints.Map(app);
    }
}
