using Fairlead.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Data;

internal static class DataSlice
{
    public static IServiceCollection AddData(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton<DatabaseSetup>();
        services.AddSingleton(_ => new WriteGate { IsNeeded = options.Database is null });
        if (options.Database is { } postgres)
        {
            services.AddDbContextPool<PostgresDb>(db => db.UseNpgsql(postgres));
            services.AddScoped<FairleadDb>(scope => scope.GetRequiredService<PostgresDb>());
        }
        else
        {
            services.AddSingleton<Checkpoints>().AddHostedService(all => all.GetRequiredService<Checkpoints>());
            var leave = new Checkpoints.OnConnections();
            services.AddDbContextPool<SqliteDb>(db =>
                db.UseSqlite($"Data Source={options.DatabaseFile}").AddInterceptors(leave)
            );
            services.AddScoped<FairleadDb>(scope => scope.GetRequiredService<SqliteDb>());
        }
        return services;
    }
}
