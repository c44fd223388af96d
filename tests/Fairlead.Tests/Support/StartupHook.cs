using System.Diagnostics;
using Fairlead.Server.Events.Hooks;
using Fairlead.Server.Events.Ledger;
using Fairlead.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

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

    /// <summary>What was received stays so.</summary>
    public const string NoLedger = "no-ledger";

    public const string AnswersFirst = "answers-first";
    public const string HalfDurable = "half-durable";

    /// <summary>Nothing is changed but the log: every category says everything.</summary>
    public const string Loud = "loud";

    /// <summary>The environment that starts a server with the change.</summary>
    public static Dictionary<string, string> With(params string[] mutants) =>
        new()
        {
            ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
            [Variable] = string.Join(',', mutants),
        };

    public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new Listeners());

    private static void Change(IServiceCollection services)
    {
        var mutants = Environment.GetEnvironmentVariable(Variable)?.Split(',') ?? [];
        if (mutants is [Loud])
        {
            services.PostConfigure<LoggerFilterOptions>(SayEverything);
            return;
        }
        foreach (var service in services.Where(RunsBuilds).ToList())
            services.Remove(service);
        if (mutants.Contains(AnswersFirst))
            services.AddSingleton<InboxStore, AnswersFirstStore>();
        if (mutants.Contains(HalfDurable))
            services.AddSingleton<InboxStore, HalfDurableStore>();
        if (mutants.Contains(NoLedger))
            services.Remove(services.Single(service => service.ImplementationType == typeof(LedgerService)));
    }

    private static void SayEverything(LoggerFilterOptions filters)
    {
        filters.Rules.Clear();
        filters.MinLevel = LogLevel.Trace;
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
