using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fairlead.Tests.Support;

/// <summary>A server that does nothing by itself, so that a test can play the parts.</summary>
internal static class QuietServer
{
    public static void NoDispatcher(IServiceCollection services)
    {
        foreach (var service in services.Where(IsOurs).ToList())
            services.Remove(service);
    }

    /// <summary>Hears of everything and queues builds, which stay queued.</summary>
    public static void NoBuilds(IServiceCollection services)
    {
        foreach (var service in services.Where(service => IsOurs(service) && RunsBuilds(service)).ToList())
            services.Remove(service);
    }

    private static bool RunsBuilds(ServiceDescriptor service) =>
        (service.ImplementationType ?? service.ImplementationFactory?.Method.DeclaringType)?.Namespace
            is "Fairlead.Server.Execution"
                or "Fairlead.Server.Registry";

    private static bool IsOurs(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && (
            service.ImplementationType?.Namespace?.StartsWith("Fairlead.", StringComparison.Ordinal) == true
            || service.ImplementationFactory?.Method.Module.Name == "fairlead-server.dll"
        );
}
