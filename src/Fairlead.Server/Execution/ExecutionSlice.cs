using Fairlead.Programs;
using Fairlead.Server.Execution.Engines;
using Fairlead.Server.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Fairlead.Server.Execution;

/// <summary>Runs what is queued on this machine.</summary>
internal static class ExecutionSlice
{
    public static IServiceCollection AddExecution(this IServiceCollection services, ServerOptions options)
    {
        var paths = MachinePaths.Of(options);
        services.AddSingleton(paths);
        services.AddSingleton(
            new EngineOptions(Path.Combine(paths.State, "engines"), Path.Combine(paths.Run, "engines"))
            {
                Kind = options.Engine,
                Limits = options.Limits,
                DockerHost = options.DockerHost,
                DockerCertificates = options.DockerCertificates,
                Buildx = options.Buildx is { } name ? new BuildxBuilder(name, options.BuildxConfig) : null,
            }
        );
        services.TryAddSingleton<ProgramRunner>();
        services.TryAddSingleton<DetachedProgram>();
        services.AddSingleton<EngineSupervisor>().AddSingleton<RunnerProgram>().AddSingleton<ServerIdentity>();
        services.AddSingleton<IExecutor, LocalExecutor>().AddSingleton<ClaimBuild>();
        services
            .AddScoped<KnownRegistries>()
            .AddScoped<DescribeJob>()
            .AddScoped<DescribeTrigger>()
            .AddScoped<StartJob>()
            .AddScoped<WatchBuilds>()
            .AddScoped<Janitor>();
        return services.AddHostedService<Dispatcher>();
    }
}
