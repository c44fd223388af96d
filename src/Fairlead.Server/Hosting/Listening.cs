using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fairlead.Server.Data;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Fairlead.Server.Hosting;

/// <summary>Where the server listens, and what it puts up with from whoever connects.</summary>
internal static class Listening
{
    /// <summary>What a body may hold where the endpoint does not say otherwise.</summary>
    public const long BodyLimit = 1024 * 1024;

    private const UnixFileMode AnyoneMayPass =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private const UnixFileMode AnyoneMayConnect =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite;

    /// <exception cref="StartupException">The address or the certificate will not do.</exception>
    public static void Configure(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = BodyLimit;
        kestrel.Limits.MaxConcurrentConnections = 2000;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(90);
        var address = Address(options);
        var certificate = Certificate(options);
        if (certificate is null && !MaySpeakPlainHttp(address, options))
            throw new StartupException(HostingFailures.PlainHttp(options.Listen));
        kestrel.Listen(
            address,
            listen =>
            {
                if (certificate is not null)
                    listen.UseHttps(certificate);
            }
        );
        ListenForJobs(kestrel, options);
    }

    /// <summary>Starts, and lets the runners of this machine, whoever they run as, reach the job socket.</summary>
    /// <exception cref="StartupException">The port is taken.</exception>
    public static async Task Start(WebApplication app, ServerOptions options)
    {
        Probe(options);
        try
        {
            await app.StartAsync();
        }
        catch (IOException busy) when (busy.InnerException is AddressInUseException)
        {
            throw new StartupException(HostingFailures.PortBusy(options.Listen));
        }
        File.SetUnixFileMode(options.JobSocket, AnyoneMayConnect);
    }

    /// <summary>Finds out beforehand what the host would put into the log with a stack trace.</summary>
    private static void Probe(ServerOptions options)
    {
        var address = Address(options);
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(address);
        }
        catch (SocketException refused)
        {
            throw new StartupException(
                refused.SocketErrorCode == SocketError.AddressAlreadyInUse
                    ? HostingFailures.PortBusy(options.Listen)
                    : HostingFailures.CannotListen(options.Listen, refused.Message)
            );
        }
    }

    private static void ListenForJobs(KestrelServerOptions kestrel, ServerOptions options)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(options.JobSocket)!, AnyoneMayPass);
        if (options.JobSocket.Length > 100)
            throw new StartupException(HostingFailures.SocketPathTooLong(options.JobSocket));
        File.Delete(options.JobSocket);
        kestrel.ListenUnixSocket(
            options.JobSocket,
            listen =>
                listen.Use(next =>
                    connection =>
                    {
                        connection.Features.Set(JobConnection.It);
                        return next(connection);
                    }
                )
        );
    }

    private static IPEndPoint Address(ServerOptions options)
    {
        var text = options.Listen.Replace("localhost", "127.0.0.1").Replace("*", "0.0.0.0");
        return text.Contains(':') && IPEndPoint.TryParse(text, out var address) && address.Port > 0
            ? address
            : throw new StartupException(HostingFailures.NotAnAddress(options.Listen));
    }

    private static bool MaySpeakPlainHttp(IPEndPoint address, ServerOptions options) =>
        IPAddress.IsLoopback(address.Address) || options.AllowPlainHttp || options.TrustedProxies.Count > 0;

    private static X509Certificate2? Certificate(ServerOptions options)
    {
        if (options.Certificate is not { } file)
            return null;
        try
        {
            using var pem = X509Certificate2.CreateFromPemFile(file, options.CertificateKey);
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException(HostingFailures.Certificate(file));
        }
    }
}

/// <summary>Marks connections that came over the job socket.</summary>
internal sealed class JobConnection
{
    public static readonly JobConnection It = new();
}
