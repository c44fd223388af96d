using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Authorisations;
using Fairlead.Server.Builds;
using Fairlead.Server.Connections;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Execution;
using Fairlead.Server.Hosts;
using Fairlead.Server.Images;
using Fairlead.Server.Leases;
using Fairlead.Server.Registry;
using Fairlead.Server.Vault;
using Fairlead.Server.Web;

namespace Fairlead.Server.Hosting;

/// <summary>Puts the server together: options, slices, the order of the middleware.</summary>
internal static class FairleadServer
{
    /// <summary>The whole server, not yet started.</summary>
    /// <param name="adjust">Replaces services, for tests: a clock that is told the time.</param>
    /// <exception cref="StartupException">An option will not do.</exception>
    public static WebApplication Create(ServerOptions options, Action<IServiceCollection>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        DataDirectory.Prepare(options);
        Logs.Configure(builder.Logging, options);
        builder.WebHost.ConfigureKestrel(kestrel => Listening.Configure(kestrel, options));
        AddSlices(builder.Services, options);
        adjust?.Invoke(builder.Services);

        var app = builder.Build();
        Proxies.Use(app, options);
        Telemetry.Use(app);
        app.Use(SecurityHeaders.Add);
        app.Use(app.Services.GetRequiredService<Errors>().Handle);
        app.Use(app.Services.GetRequiredService<Guards>().Check);
        app.UseConsoleFiles();
        app.UseRouting();
        app.Use(CrossSite.Refuse);
        app.Use(Authentication.Identify);
        app.UseConsoleGate();
        app.Use(NeedsEndpoints.Enforce);
        app.Use(ForgedForms.Refuse);
        MapSlices(app);
        return app;
    }

    /// <summary>Brings data and keys in order, then serves.</summary>
    /// <exception cref="StartupException">The database, the key file or the address does not allow it.</exception>
    public static async Task Start(WebApplication app)
    {
        app.Services.GetRequiredService<InstanceLock>().Take();
        await app.Services.GetRequiredService<DatabaseSetup>().Run(CancellationToken.None);
        await app.Services.GetRequiredService<VaultSetup>().Run(CancellationToken.None);
        await Listening.Start(app, app.Services.GetRequiredService<ServerOptions>());
    }

    /// <summary>Every slice's services, one line each.</summary>
    private static void AddSlices(IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(options).AddSingleton(TimeProvider.System);
        services.AddHosting();
        services.AddData(options);
        services.AddVault(options);
        services.AddAudit();
        services.AddAccess();
        services.AddImages();
        services.AddBuilds();
        services.AddExecution(options);
        services.AddRegistry(options);
        services.AddConsole();
        services.AddEvents(options);
        services.AddServiceConnections();
        services.AddCredentials();
        services.AddAuthorisations();
        services.AddHosts();
        services.AddLeases();
    }

    /// <summary>Every slice's endpoints, one line each.</summary>
    private static void MapSlices(WebApplication app)
    {
        app.MapHosting();
        app.MapVault();
        app.MapAudit();
        app.MapAccess();
        app.MapImages();
        app.MapBuilds();
        app.MapLeases();
        app.MapRegistry();
        app.MapConsole();
        app.MapEvents();
        app.MapServiceConnections();
        app.MapCredentials();
        app.MapAuthorisations();
        app.MapHosts();
    }
}
