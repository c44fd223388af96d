using System.Diagnostics;
using System.Runtime.CompilerServices;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Fairlead.Server.Hosting;

/// <summary>
/// Sends traces and metrics by OTLP when the standard variable <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to;
/// the other <c>OTEL_EXPORTER_OTLP_*</c> variables hold as usual.
/// </summary>
internal sealed class Telemetry(IConfiguration configuration) : IHostedService, IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly List<IDisposable> _providers = [];

    /// <summary>Names each traced request by its route, where somebody wants traces.</summary>
    public static void Use(WebApplication app)
    {
        if (IsWanted(app.Configuration))
            app.Use(Name);
    }

    public Task StartAsync(CancellationToken cancel)
    {
        if (IsWanted(configuration))
            Send();
        return Task.CompletedTask;
    }

    private static bool IsWanted(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[Endpoint]);

    private static async Task Name(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (Activity.Current is not { IsAllDataRequested: true } activity)
            return;
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        activity.DisplayName = route is null ? http.Request.Method : $"{http.Request.Method} {route}";
        activity.SetTag("http.request.method", http.Request.Method);
        activity.SetTag("http.route", route);
        activity.SetTag("http.response.status_code", http.Response.StatusCode);
    }

    /// <summary>By itself, so that the libraries it needs are loaded only where they are wanted.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Send()
    {
        var resource = ResourceBuilder.CreateDefault().AddService("fairlead-server");
        _providers.Add(
            Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource("Microsoft.AspNetCore", Metrics.Meter)
                // Addresses hold one-time links and queries what people typed: only the route goes out.
                .AddProcessor(new RouteOnly())
                .AddOtlpExporter()
                .Build()
        );
        _providers.Add(
            Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter(Metrics.Meter, "System.Runtime", "Microsoft.AspNetCore.Hosting")
                .AddOtlpExporter()
                .Build()
        );
    }

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    public void Dispose() => _providers.ForEach(provider => provider.Dispose());

    private sealed class RouteOnly : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity activity)
        {
            foreach (var tag in (string[])["url.path", "url.query", "url.full", "http.target", "http.url"])
                activity.SetTag(tag, null);
        }
    }
}
