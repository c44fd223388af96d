using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Execution.Engines;

/// <summary>
/// Asks a docker daemon whether it is there (Docker Engine API, <c>GET /_ping</c>), and says why not.
/// </summary>
internal static class DockerPing
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Null when it answers and lets us in.</summary>
    public static async Task<Failure?> Ask(DockerHost host, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        var secured = false;
        try
        {
            using var client = await Connect(host, patience.Token);
            await using var plain = new NetworkStream(client);
            if (host.Certificates is not { } certificates)
                return await Answers(plain, patience.Token) ? null : EngineFailures.HostStrange(host.Address);
            await using var tls = new SslStream(plain);
            await tls.AuthenticateAsClientAsync(Options(host, certificates), patience.Token);
            secured = true;
            return await Answers(tls, patience.Token) ? null : EngineFailures.HostRefuses(host.Address);
        }
        catch (CryptographicException)
        {
            return EngineFailures.HostFileMissing(Path.Combine(host.Certificates!, "key.pem"));
        }
        catch (AuthenticationException)
        {
            return EngineFailures.HostCertificate(host.Address);
        }
        catch (IOException) when (host.Certificates is not null)
        {
            // With TLS 1.3 a refused client hears of it only after the handshake.
            return secured ? EngineFailures.HostRefuses(host.Address) : EngineFailures.HostCertificate(host.Address);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            return EngineFailures.HostUnreachable(host.Address);
        }
    }

    private static async Task<Socket> Connect(DockerHost host, CancellationToken cancel)
    {
        var socket = host.Socket is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp)
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(
                host.Socket is { } path ? new UnixDomainSocketEndPoint(path) : host.Endpoint,
                cancel
            );
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SslClientAuthenticationOptions Options(DockerHost host, string certificates)
    {
        string File(string name) => Path.Combine(certificates, name);
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(File("ca.pem"));
        return new SslClientAuthenticationOptions
        {
            TargetHost = host.Endpoint.Host,
            CertificateChainPolicy = policy,
            ClientCertificates = [X509Certificate2.CreateFromPemFile(File("cert.pem"), File("key.pem"))],
        };
    }

    private static async Task<bool> Answers(Stream stream, CancellationToken cancel)
    {
        await stream.WriteAsync("GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n"u8.ToArray(), cancel);
        var answer = new byte[64];
        var read = await stream.ReadAtLeastAsync(answer, 16, throwOnEndOfStream: false, cancel);
        return Encoding.ASCII.GetString(answer, 0, read).Contains(" 200 ", StringComparison.Ordinal);
    }
}
