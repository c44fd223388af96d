using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;

namespace Fairlead.Providers.Http;

/// <summary>Opens http clients for one operation on one connection. The only place that makes them.</summary>
public sealed class GuardedHttp(AddressGuard guard, TimeProvider time)
{
    private const int MostKept = 256;
    private readonly ConcurrentDictionary<string, GuardedClient> _kept = new();

    /// <param name="reach">Where an administrator lets us go.</param>
    /// <param name="authorities">PEM to trust besides the system's, or null.</param>
    public GuardedClient Open(IReadOnlyList<ReachRule> reach, string? authorities) =>
        new(guard, time, reach, new TlsTrust(authorities, time));

    /// <summary>
    /// The same for what is asked again and again: one client for all who may go to the same places and trust the same
    /// authorities, so that connections stay open between two operations. It is not to be disposed of.
    /// </summary>
    public GuardedClient Keep(IReadOnlyList<ReachRule> reach, string? authorities)
    {
        // Whoever uses one that is dropped here ends with it; open connections that nobody uses close by themselves.
        if (_kept.Count > MostKept)
            _kept.Clear();
        return _kept.GetOrAdd($"{string.Join('\n', reach)}\n{authorities}", _ => Open(reach, authorities));
    }
}

/// <summary>
/// The guarded client of facts/security.md 2B: connects only to vetted addresses, follows nothing, keeps nothing, reads
/// no more than the cap, and turns whatever the network does into failures.
/// </summary>
public sealed class GuardedClient : IDisposable
{
    private const long ErrorCap = 64 * 1024;
    private readonly AddressGuard _guard;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<ReachRule> _reach;
    private readonly TlsTrust _trust;
    private readonly HttpMessageInvoker _http;

    internal GuardedClient(AddressGuard guard, TimeProvider time, IReadOnlyList<ReachRule> reach, TlsTrust trust)
    {
        (_guard, _time, _reach, _trust) = (guard, time, reach, trust);
        _http = new HttpMessageInvoker(Handler());
    }

    /// <summary>What a person may confirm after a certificate was refused.</summary>
    public Proposal? Proposal => _trust.LastFinding?.Proposal;

    /// <summary>Any answer but a redirect is a value; what keeps us from one is a failure.</summary>
    public Task<Outcome<GuardedResponse>> Send(GuardedRequest request, CancellationToken cancel) =>
        Send(request, (answer, either) => Read(request, answer, either), cancel);

    /// <summary>
    /// The same for an answer that is not kept: its body is written to <paramref name="to"/> as it comes, without a
    /// cap, once <paramref name="judge"/> has nothing against status and media type.
    /// </summary>
    public Task<Outcome<Done>> Pass(
        GuardedRequest request,
        Func<int, string?, Failure?> judge,
        Stream to,
        CancellationToken cancel
    ) =>
        Send<Done>(
            request,
            async (answer, either) =>
            {
                if (judge((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType) is { } wrong)
                    return wrong;
                await answer.Content.CopyToAsync(to, either);
                return Done.It;
            },
            cancel
        );

    private async Task<Outcome<T>> Send<T>(
        GuardedRequest request,
        Func<HttpResponseMessage, CancellationToken, Task<Outcome<T>>> take,
        CancellationToken cancel
    )
        where T : notnull
    {
        using var deadline = new CancellationTokenSource(request.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        using var message = Message(request);
        try
        {
            using var answer = await _http.SendAsync(message, either.Token);
            return (int)answer.StatusCode is >= 300 and < 400 && !request.TakesRedirects
                ? ReachFailures.Redirected(request.Url.IdnHost)
                : await take(answer, either.Token);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            return Explain(request.Url, error);
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Message(GuardedRequest request)
    {
        var message = new HttpRequestMessage(request.Method, request.Url) { Version = HttpVersion.Version11 };
        message.Headers.Authorization = request.Authorization;
        message.Headers.UserAgent.ParseAdd(request.Agent);
        foreach (var type in request.Accept)
            message.Headers.Accept.ParseAdd(type);
        foreach (var (name, value) in request.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        if (request.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
            if (request.ContentEncoding is { } encoding)
                message.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        }
        return message;
    }

    private static async Task<Outcome<GuardedResponse>> Read(
        GuardedRequest request,
        HttpResponseMessage answer,
        CancellationToken cancel
    )
    {
        var cap = answer.IsSuccessStatusCode ? request.Cap : Math.Min(request.Cap, ErrorCap);
        using var kept = new MemoryStream();
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, cancel) is > 0 and var count)
        {
            if (kept.Length + count > cap && answer.IsSuccessStatusCode)
                return ReachFailures.TooBig(request.Url.IdnHost, cap);
            if (kept.Length + count > cap)
                break;
            kept.Write(buffer, 0, count);
        }
        var (status, content) = ((int)answer.StatusCode, answer.Content.Headers);
        return new GuardedResponse(status, kept.ToArray(), answer.Headers, content);
    }

    private Failure Explain(Uri url, Exception error)
    {
        var host = url.IdnHost;
        for (var cause = error; cause is not null; cause = cause.InnerException)
            switch (cause)
            {
                case RefusedByGuard refused:
                    return refused.Failure;
                case System.Security.Authentication.AuthenticationException:
                    return _trust.Finding(host)?.Failure ?? ReachFailures.TlsFailed(host);
                case SocketException { SocketErrorCode: SocketError.TimedOut } or OperationCanceledException:
                    return ReachFailures.TimedOut(host);
                case SocketException { SocketErrorCode: SocketError.ConnectionReset }:
                    return ReachFailures.CutOff(host);
                case SocketException:
                    return ReachFailures.Refused(host, url.Port);
            }
        return url.Scheme == "https" && error.Message.Contains("SSL")
            ? ReachFailures.TlsFailed(host)
            : ReachFailures.CutOff(host);
    }

    private SocketsHttpHandler Handler() =>
        new()
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            MaxConnectionsPerServer = 16,
            MaxResponseHeadersLength = 32,
            ActivityHeadersPropagator = null,
            ConnectCallback = Connect,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (sender, shown, chain, errors) =>
                    _trust.Accept(((SslStream)sender).TargetHostName, shown as X509Certificate2, chain, errors),
            },
        };

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (end, url) = (context.DnsEndPoint, context.InitialRequestMessage.RequestUri!);
        if (!HostName.TryNormalise(end.Host, out var host))
            throw new RefusedByGuard(ReachFailures.HostUnknown(end.Host));
        var vetted = await _guard.Vet(new Destination(host, end.Port, url.Scheme), _reach, cancel);
        if (!vetted.Try(out var address, out var failure))
            throw new RefusedByGuard(failure);
        return new NetworkStream(await ConnectToFirst(address.Addresses, end.Port, cancel), ownsSocket: true);
    }

    private static async Task<Socket> ConnectToFirst(
        IReadOnlyList<IPAddress> addresses,
        int port,
        CancellationToken cancel
    )
    {
        foreach (var (index, address) in addresses.Index())
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, port, cancel);
                return socket;
            }
            catch (SocketException) when (index + 1 < addresses.Count)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        throw new SocketException((int)SocketError.HostNotFound);
    }

    private sealed class RefusedByGuard(Failure failure) : IOException(failure.Code)
    {
        public Failure Failure => failure;
    }
}
