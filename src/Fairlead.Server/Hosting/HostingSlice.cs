using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Hosting;

internal static class HostingSlice
{
    public static IServiceCollection AddHosting(this IServiceCollection services)
    {
        services.AddSingleton<InstanceLock>().AddSingleton<Errors>().AddSingleton<Guards>();
        services.AddSingleton<Metrics>().AddHostedService<Telemetry>().AddHostedService<IdleMemory>();
        services.AddStrictJson();
        services.AddRouting();
        // Requests under way get this long to finish when the server is told to stop.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        return services;
    }

    public static void MapHosting(this WebApplication app)
    {
        app.MapGet("/health/live", () => TypedResults.Ok("live")).OpenToAll("says only that it runs");
        app.Services.GetRequiredService<Metrics>();
        app.MapGet("/metrics", Text).Needs(Verbs.MetricsRead);
        app.MapApiDocument();
        app.MapGet("/health/ready", Ready).OpenToAll("says only whether it can work");
    }

    private static IResult Text(Metrics metrics) => TypedResults.Text(metrics.Text(), Metrics.ContentType);

    private static async Task<IResult> Ready(FairleadDb db, CancellationToken cancel)
    {
        try
        {
            await db.Set<PersonRow>().AnyAsync(cancel);
            return TypedResults.Ok("ready");
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException)
        {
            return HostingFailures.Storage.ToHttp();
        }
    }
}
