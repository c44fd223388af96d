using System.Net.Sockets;

namespace Fairlead.Runner.Talk;

/// <summary>The server a runner talks to: over a Unix socket of its machine, or over http(s).</summary>
internal static class JobAddress
{
    private const string Unix = "unix:";
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(10);

    public static bool IsValid(string address) =>
        address.StartsWith(Unix + "/", StringComparison.Ordinal)
        || (
            Uri.TryCreate(address, UriKind.Absolute, out var url)
            && url is { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" }
        );

    /// <summary>Null for http(s).</summary>
    public static UnixDomainSocketEndPoint? SocketOf(string address) =>
        address.StartsWith(Unix, StringComparison.Ordinal) ? new(address[Unix.Length..]) : null;

    /// <summary>A connection pool to the server, and what its paths are relative to.</summary>
    public static (HttpMessageInvoker Http, Uri Base) Open(string address)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = Connecting,
        };
        if (SocketOf(address) is not { } path)
            return (new HttpMessageInvoker(handler), new Uri(address.TrimEnd('/') + "/"));
        handler.ConnectCallback = async (_, cancel) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(path, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
        return (new HttpMessageInvoker(handler), new Uri("http://fairlead/"));
    }
}
