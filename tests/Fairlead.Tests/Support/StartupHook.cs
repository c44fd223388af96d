using System.Diagnostics;
using Fairlead.Server.Events.Hooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

/// <summary>
/// Found by the runtime when <c>DOTNET_STARTUP_HOOKS</c> names this assembly: changes one part of the real server
/// program before it is put together. Nothing of the program itself knows of it.
/// </summary>
internal static class StartupHook
{
    /// <summary>The environment variable that names the change.</summary>
    public const string Variable = "FAIRLEAD_TEST_MUTANT";

    /// <summary>Nothing but what every change includes: builds stay in the queue.</summary>
    public const string NoBuilds = "no-builds";

    public const string AnswersFirst = "answers-first";
    public const string HalfDurable = "half-durable";

    /// <summary>The environment that starts a server with the change.</summary>
    public static Dictionary<string, string> With(string mutant) =>
        new() { ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location, [Variable] = mutant };

    public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new Listeners());

    private static void Change(IServiceCollection services)
    {
        foreach (var service in services.Where(RunsBuilds).ToList())
            services.Remove(service);
        switch (Environment.GetEnvironmentVariable(Variable))
        {
            case AnswersFirst:
                services.AddSingleton<InboxStore, Fairlead.Tests.Support.AnswersFirstStore>();
                break;
            case HalfDurable:
                services.AddSingleton<InboxStore, Fairlead.Tests.Support.HalfDurableStore>();
                break;
        }
    }

    private static bool RunsBuilds(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && (service.ImplementationType ?? service.ImplementationFactory?.Method.DeclaringType)?.Namespace
            == "Fairlead.Server.Execution";

    private sealed class Listeners : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener listener)
        {
            if (listener.Name == "Microsoft.Extensions.Hosting")
                listener.Subscribe(new Building());
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }

    private sealed class Building : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> happened)
        {
            if (happened is { Key: "HostBuilding", Value: IHostBuilder host })
                host.ConfigureServices((_, services) => Change(services));
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}
