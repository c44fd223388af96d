using Fairlead.Server.Hosts.Branches;

namespace Fairlead.Server.Hosts;

/// <summary>What is asked of code hosts beyond git: repositories, hooks, the status of commits.</summary>
internal static class HostsSlice
{
    public static IServiceCollection AddHosts(this IServiceCollection services)
    {
        services.AddSingleton<RepositoryLists>().AddScoped<ListRepositories>();
        services
            .AddSingleton<HostBell>()
            .AddScoped<KeepHook>()
            .AddScoped<RemoveHooks>()
            .AddHostedService<HookService>();
        services.AddScoped<CatchUp>().AddHostedService<CatchUpService>();
        services.AddScoped<ListHooks>().AddScoped<RepairHook>();
        services.AddSingleton<BranchPlace>().AddScoped<OpenBranches>().AddScoped<ChangeLog>().AddScoped<MergeAuthors>();
        services.AddScoped<CompareBranches>().AddScoped<CreateBranch>();
        services.AddScoped<MergeBranches>().AddScoped<DeleteBranch>();
        services.AddScoped<TellStatus>().AddHostedService<StatusService>();
        return services;
    }

    public static void MapHosts(this IEndpointRouteBuilder routes) => HostsEndpoints.Map(routes);
}
