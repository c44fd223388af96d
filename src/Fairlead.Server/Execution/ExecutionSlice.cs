using Fairlead.Server.Hosting;

namespace Fairlead.Server.Execution;

/// <summary>Runs what is queued on this machine.</summary>
internal static class ExecutionSlice
{
    public static IServiceCollection AddExecution(this IServiceCollection services, ServerOptions options) =>
        services.AddSingleton(MachinePaths.Of(options));
}
