using System.Net;
using System.Net.Sockets;

namespace Fairlead.Emulators.Hosting;

/// <summary>
/// A port nobody listens on, for programs that cannot take port 0 themselves. Between the answer and its use somebody
/// else may take it: prefer port 0 where a program can say what it got.
/// </summary>
public static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
