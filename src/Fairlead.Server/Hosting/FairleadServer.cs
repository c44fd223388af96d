using Fairlead.Server.Access;
using Fairlead.Server.Data;

namespace Fairlead.Server.Hosting;

/// <summary>Puts the server together: options, slices, the order of the middleware.</summary>
internal static class FairleadServer
{
    public static async Task<int> Run(string[] args)
    {
        try
        {
            await using var app = Build(args);
            await app.Services.GetRequiredService<DatabaseSetup>().Run(CancellationToken.None);
            await app.RunAsync();
            return 0;
        }
        catch (StartupException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
    }

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Configuration.AddEnvironmentVariables("FAIRLEAD_");
        builder.Configuration.AddCommandLine(args);
        var options = ServerOptions.Read(builder.Configuration);
        Directory.CreateDirectory(options.Data);
        builder.WebHost.UseUrls($"http://{options.Listen}");

        builder.Services.AddSingleton(options).AddSingleton(TimeProvider.System).AddData(options);

        var app = builder.Build();
        app.Use(NeedsEndpoints.Enforce);
        app.MapGet("/health/live", () => TypedResults.Ok("live")).OpenToAll("health");
        return app;
    }
}
