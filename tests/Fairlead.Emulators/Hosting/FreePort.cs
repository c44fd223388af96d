using System.Net;
using System.Net.Sockets;

namespace Fairlead.Emulators.Hosting;

/// <summary>
/// A port nobody listens on, for programs that cannot take port 0 themselves. Between the answer and its use somebody
/// else may take it: prefer port 0 where a program can say what it got. These ports lie below those that the system
/// gives to whoever asks for port 0 or connects, and each is told once, so that hardly anybody can.
/// </summary>
public static class FreePort
{
    private const int First = 15000;
    private const int Count = 17000;
    private static int _last = Random.Shared.Next(Count);

    public static int Next()
    {
        for (var tries = 0; tries < Count; tries++)
            if (First + (int)((uint)Interlocked.Increment(ref _last) % Count) is var port && IsFree(port))
                return port;
        throw new InvalidOperationException("Every port is taken.");
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
