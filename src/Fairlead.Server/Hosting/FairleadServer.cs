using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Registry;
using Fairlead.Server.Vault;

namespace Fairlead.Server.Hosting;

/// <summary>Puts the server together: options, slices, the order of the middleware.</summary>
internal static class FairleadServer
{
    public static async Task<int> Run(string[] args)
    {
        try
        {
            var options = ServerOptions.Read(args);
            await using var app = Create(options);
            await SetUp(app);
            await app.StartAsync();
            if (await app.Services.GetRequiredService<FirstStart>().Link(CancellationToken.None) is { } link)
                Console.WriteLine(
                    $"Nobody has set this server up yet. Open this link within a day; it works once:\n{link}"
                );
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (StartupException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
    }

    /// <summary>The whole server, not yet started.</summary>
    /// <param name="adjust">Replaces services, for tests: a clock that is told the time.</param>
    public static WebApplication Create(ServerOptions options, Action<IServiceCollection>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        Directory.CreateDirectory(options.Data);
        builder.WebHost.UseUrls($"http://{options.Listen}");
        Logs.Configure(builder.Logging, options);
        AddSlices(builder.Services, options);
        adjust?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseRouting();
        app.Use(Authentication.Identify);
        app.Use(NeedsEndpoints.Enforce);
        MapSlices(app);
        return app;
    }

    /// <summary>What has to be done before anything is served.</summary>
    /// <exception cref="StartupException">The database or the key file does not allow it.</exception>
    public static async Task SetUp(WebApplication app)
    {
        await app.Services.GetRequiredService<DatabaseSetup>().Run(CancellationToken.None);
        await app.Services.GetRequiredService<VaultSetup>().Run(CancellationToken.None);
    }

    /// <summary>Every slice's services, one line each.</summary>
    private static void AddSlices(IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(options).AddSingleton(TimeProvider.System);
        services.AddData(options);
        services.AddVault(options);
        services.AddAudit();
        services.AddAccess();
        services.AddRegistry(options);
    }

    /// <summary>Every slice's endpoints, one line each.</summary>
    private static void MapSlices(WebApplication app)
    {
        app.MapGet("/health/live", () => TypedResults.Ok("live")).OpenToAll("health");
        app.MapAccess();
        app.MapRegistry();
    }
}
