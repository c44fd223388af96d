using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.Core.Secrets;
using Fairlead.Runner.Trust;

namespace Fairlead.Runner.Images;

/// <summary>How a registry asks who is there.</summary>
/// <param name="Asks">It wants a login at all.</param>
/// <param name="Realm">Its token service; null when it wants user and password itself.</param>
internal sealed record RegistryHello(bool Asks, Uri? Realm, string Service);

/// <summary>
/// Speaks to one registry before any engine does, over a connection whose certificate is judged here. Engines take
/// registries of this machine on trust and follow a registry wherever it sends them for tokens: so it is settled here,
/// first, that the registry is the one meant and that its token service is the one that was confirmed
/// (facts/security.md T26). Protocol: distribution specification, "Token Authentication".
/// </summary>
internal sealed partial class RegistryCaller : IDisposable
{
    private const int LargestAnswer = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RegistryKey _key;
    private readonly Uri _registry;
    private readonly CertificateJudge _judge;
    private readonly HttpMessageInvoker _http;

    public RegistryCaller(RegistryKey key)
    {
        _key = key;
        var host = key.Host == RegistryLogin.DockerHub ? "registry-1.docker.io" : key.Host;
        _registry = new Uri($"{(key.PlainHttp ? "http" : "https")}://{host}/v2/");
        _judge = new CertificateJudge(key.CertificateAuthorities);
        _http = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                SslOptions = _judge.Options(_registry.IdnHost),
            }
        );
    }

    /// <summary>What was in the way when an answer is null.</summary>
    public RegistryFault Fault { get; private set; }

    /// <summary>
    /// Null when it cannot be reached or believed, or when the password must not go where it wants it.
    /// </summary>
    public async Task<RegistryHello?> Hello(CancellationToken cancel)
    {
        using var answer = await Send(new HttpRequestMessage(HttpMethod.Get, _registry), cancel);
        if (answer is null || answer.StatusCode != HttpStatusCode.Unauthorized)
            return answer is null ? null : new RegistryHello(false, null, "");
        var bearer = answer.Headers.WwwAuthenticate.FirstOrDefault(IsBearer);
        var parts = Parameter().Matches(bearer?.Parameter ?? "");
        string? Part(string name) => parts.FirstOrDefault(part => part.Groups[1].Value == name)?.Groups[2].Value;
        Uri.TryCreate(Part("realm"), UriKind.Absolute, out var realm);
        if (MayAnswer(bearer is not null, realm))
            return new RegistryHello(true, realm, Part("service") ?? "");
        Fault = RegistryFault.RealmMoved;
        return null;
    }

    /// <summary>Whether the registry takes user and password. Null: it cannot be told.</summary>
    public async Task<bool?> TakesPassword(CancellationToken cancel)
    {
        using var answer = await Send(Authorised(_registry), cancel);
        return answer is null ? null : answer.StatusCode != HttpStatusCode.Unauthorized;
    }

    /// <summary>A token of the service that a hello named. Null: there is none for us.</summary>
    public async Task<Secret?> Token(RegistryHello hello, string scope, CancellationToken cancel)
    {
        var service = $"service={Uri.EscapeDataString(hello.Service)}&scope={Uri.EscapeDataString(scope)}";
        var question = new UriBuilder(hello.Realm!);
        question.Query = question.Query.Length > 1 ? $"{question.Query[1..]}&{service}" : service;
        using var answer = await Send(Authorised(question.Uri), cancel);
        if (answer is not { IsSuccessStatusCode: true })
            return null;
        var body = new byte[LargestAnswer];
        await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
        var length = await stream.ReadAtLeastAsync(body, LargestAnswer, throwOnEndOfStream: false, cancel);
        try
        {
            using var json = JsonDocument.Parse(body.AsMemory(0, length));
            var token =
                json.RootElement.TryGetProperty("token", out var found) ? found.GetString()
                : json.RootElement.TryGetProperty("access_token", out found) ? found.GetString()
                : null;
            return token is { Length: > 0 } ? new Secret(token) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>
    /// Confirmed means to the letter; without a word of anyone, the registry's own origin. Who has no password has
    /// nothing to lose.
    /// </summary>
    private bool MayAnswer(bool bearer, Uri? realm) =>
        _key.Username.Length == 0
        || (
            bearer
                ? realm is not null && (_key.Realm is null ? SameOrigin(realm) : realm.AbsoluteUri == _key.Realm)
                : _key.Realm is null
        );

    private bool SameOrigin(Uri realm) =>
        realm.Scheme == _registry.Scheme && realm.IdnHost == _registry.IdnHost && realm.Port == _registry.Port;

    private async Task<HttpResponseMessage?> Send(HttpRequestMessage request, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            return await _http.SendAsync(request, patience.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            Fault = _judge.Fault is { } fault ? RegistryFaults.Of(fault) : RegistryFault.Unreachable;
            return null;
        }
        finally
        {
            request.Dispose();
        }
    }

    private HttpRequestMessage Authorised(Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (_key.Username.Length == 0)
            return request;
        byte[] plain = [.. Encoding.UTF8.GetBytes(_key.Username + ":"), .. _key.Password.Bytes];
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(plain));
        return request;
    }

    private static bool IsBearer(AuthenticationHeaderValue challenge) =>
        challenge.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("""([a-z_]+)="([^"]*)" """, RegexOptions.IgnorePatternWhitespace | RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
