using System.Net;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Web;

namespace Fairlead.Server.Hosting;

/// <summary>Turns requests away that came in by the wrong door.</summary>
internal sealed class Guards(ServerOptions options)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    // A server that listens for the whole network and was told no name answers to any.
    private readonly HashSet<string>? _hosts = Hosts(options);

    public async Task Check(HttpContext context, RequestDelegate next)
    {
        if (Refusal(context) is { } failure)
            await failure.ToHttp().ExecuteAsync(context);
        else
            await next(context);
    }

    private Failure? Refusal(HttpContext context)
    {
        var fromJob = context.Features.Get<JobConnection>() is not null;
        if (fromJob != context.Request.Path.StartsWithSegments("/job/v1"))
            return HostingFailures.NotHere;
        if (fromJob || context.Request.Path.StartsWithSegments("/health"))
            return null;
        if (!context.Request.IsHttps && !options.AllowPlainHttp && !IsLocal(context))
            return HostingFailures.PlainHttpRefused;
        return _hosts is null || _hosts.Contains(context.Request.Host.Host)
            ? null
            : HostingFailures.UnknownHost(context.Request.Host.Host);
    }

    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);

    private static HashSet<string>? Hosts(ServerOptions options)
    {
        var names = new HashSet<string>(options.AllowedHosts.Concat(Loopback), StringComparer.OrdinalIgnoreCase);
        if (Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var url))
            names.Add(url.Host);
        if (IPEndPoint.TryParse(options.Listen, out var listen) && !listen.Address.Equals(IPAddress.Any))
            names.Add(new HostString(listen.Address.ToString(), 1).Host);
        var named = options.PublicUrl is not null || options.AllowedHosts.Count > 0;
        return named || options.Listen.StartsWith("127.", StringComparison.Ordinal) ? names : null;
    }
}
