using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Fairlead.Emulators.Hosting;

/// <summary>A bare Kestrel on loopback: one handler, no limits, no logging.</summary>
public static class Web
{
    /// <param name="port">0 takes a free one.</param>
    public static async Task<(WebApplication App, Uri Url)> Start(
        RequestDelegate handler,
        int port = 0,
        X509Certificate2? certificate = null
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.AddServerHeader = false;
            kestrel.Listen(
                IPAddress.Loopback,
                port,
                listen =>
                {
                    if (certificate is not null)
                        listen.UseHttps(certificate);
                }
            );
        });
        var app = builder.Build();
        app.Run(handler);
        await app.StartAsync();
        return (app, new Uri(app.Urls.First()));
    }
}
