using System.Net;
using Fairlead.Server.Data;
using Microsoft.AspNetCore.HttpOverrides;

namespace Fairlead.Server.Hosting;

/// <summary>Believes forwarded headers of the proxies that were named, and of nobody else.</summary>
internal static class Proxies
{
    /// <exception cref="StartupException">A name that is no address.</exception>
    public static void Use(WebApplication app, ServerOptions options)
    {
        if (options.TrustedProxies.Count == 0)
            return;
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders =
                ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var text in options.TrustedProxies)
        {
            if (IPAddress.TryParse(text, out var address))
                forwarded.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(text, out var network))
                forwarded.KnownIPNetworks.Add(network);
            else
                throw new StartupException(HostingFailures.NotAProxy(text));
        }
        app.UseForwardedHeaders(forwarded);
    }
}
