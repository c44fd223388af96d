using System.Net;
using System.Net.Sockets;

namespace Fairlead.Runner.Talk;

/// <summary>
/// The server's address for programs that speak http over TCP only: where the server is a Unix socket, a port of this
/// machine's loopback that is passed on to it, as it is, while this is open. Who may do what, the server asks.
/// </summary>
internal sealed class ServerDoor : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly TcpListener? _listener;
    private readonly Task _passing = Task.CompletedTask;

    private ServerDoor(string address) => Address = address;

    private ServerDoor(UnixDomainSocketEndPoint server)
    {
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        Address = $"http://{_listener.LocalEndpoint}";
        _passing = Listen(_listener, server);
    }

    /// <summary>Without a slash at its end.</summary>
    public string Address { get; }

    /// <param name="server">As <see cref="JobAddress"/> has it.</param>
    public static ServerDoor Open(string server) =>
        JobAddress.SocketOf(server) is { } socket ? new(socket) : new(server.TrimEnd('/'));

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener?.Dispose();
        await _passing;
        _closing.Dispose();
    }

    private async Task Listen(TcpListener listener, UnixDomainSocketEndPoint server)
    {
        var open = new List<Task>();
        try
        {
            while (true)
                open.Add(Pass(await listener.AcceptSocketAsync(_closing.Token), server));
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(open);
        }
    }

    /// <summary>Until either side has had enough; the other then sees its connection end.</summary>
    private async Task Pass(Socket near, UnixDomainSocketEndPoint server)
    {
        using var far = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await using var here = new NetworkStream(near, ownsSocket: true);
        try
        {
            await far.ConnectAsync(server, _closing.Token);
        }
        catch (Exception away) when (away is SocketException or OperationCanceledException)
        {
            return;
        }
        await using var there = new NetworkStream(far);
        await Task.WhenAny(Copy(here, there), Copy(there, here));
    }

    private async Task Copy(NetworkStream from, NetworkStream to)
    {
        try
        {
            await from.CopyToAsync(to, _closing.Token);
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or ObjectDisposedException) { }
    }
}
