using System.Net;
using System.Net.Sockets;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>A service on every address of this machine that counts who calls.</summary>
internal sealed class TrapServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Any, 0);
    private readonly Task _loop;
    private int _heard;

    public TrapServer()
    {
        _listener.Start();
        _loop = Listen();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Heard => Volatile.Read(ref _heard);

    /// <summary>The control: a caller on the machine itself is heard.</summary>
    public async Task<bool> HearsFromOutside()
    {
        using var caller = new TcpClient();
        await caller.ConnectAsync(IPAddress.Loopback, Port);
        await Support.Eventually.True("the trap hears", () => Heard > 0);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
    }

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                using var caller = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _heard);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }
}
