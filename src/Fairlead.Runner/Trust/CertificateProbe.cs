using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Fairlead.Runner.Trust;

/// <summary>
/// Looks at a host's certificate once more: git's TLS library says the same of every one that it refuses.
/// </summary>
internal static class CertificateProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="address">Where to connect to, vetted before.</param>
    /// <returns>Null when nothing is wrong with it, or the host does not answer.</returns>
    public static async Task<CertificateFault?> Ask(
        string host,
        string address,
        int port,
        string? authorities,
        CancellationToken cancel
    )
    {
        var judge = new CertificateJudge(authorities);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address, port, patience.Token);
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsClientAsync(judge.Options(host), patience.Token);
        }
        catch (Exception e)
            when (e is SocketException or IOException or AuthenticationException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
        }
        return judge.Fault;
    }
}
