using System.Net;
using System.Net.Sockets;

namespace Fairlead.Emulators.Hosting;

/// <summary>
/// Answers every connection with a body that never ends. A bare socket, because a web server swallows what is written
/// to a client that has hung up, and would count it as sent.
/// </summary>
public sealed class EndlessHost : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private Task _work = Task.CompletedTask;
    private long _sent;

    /// <summary>Ends in a slash.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Bytes the network took for clients so far.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>A client has hung up.</summary>
    public bool Ended { get; private set; }

    public static Task<EndlessHost> Start()
    {
        var host = new EndlessHost();
        host._listener.Start();
        host.Url = new Uri($"http://{host._listener.LocalEndpoint}/");
        host._work = host.Accept();
        return Task.FromResult(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                await Pour(await _listener.AcceptSocketAsync(_end.Token));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task Pour(Socket client)
    {
        using var socket = client;
        var drops = new byte[16 * 1024];
        try
        {
            await socket.ReceiveAsync(drops, _end.Token);
            await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"u8.ToArray(), _end.Token);
            while (true)
                Interlocked.Add(ref _sent, await socket.SendAsync(drops, _end.Token));
        }
        catch (SocketException)
        {
            Ended = true;
        }
    }
}
