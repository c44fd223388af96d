using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;

namespace Fairlead.Runner.Images;

/// <summary>
/// Logs in at a registry of this machine on an engine's behalf: behind its door the engine reaches the registry, but
/// not the token service. (Distribution specification, "Token Authentication".)
/// </summary>
internal static partial class RegistryTokens
{
    private const int LargestAnswer = 64 * 1024;

    /// <summary>What the engine should present for a push; null when the registry asks for nothing.</summary>
    public static async Task<Outcome<RegistryLogin?>> ForPush(PushTarget target, CancellationToken cancel)
    {
        if (target.Key is not { Username.Length: > 0 } key)
            return (RegistryLogin?)null;
        using var handler = Handler(target.CertificateAuthorities);
        using var http = new HttpMessageInvoker(handler);
        try
        {
            var registry = new Uri($"{(target.PlainHttp ? "http" : "https")}://{target.Registry}/v2/");
            using var hello = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, registry), cancel);
            if (hello.StatusCode != HttpStatusCode.Unauthorized)
                return (RegistryLogin?)null;
            var challenge = hello.Headers.WwwAuthenticate.FirstOrDefault(c =>
                c.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            );
            if (challenge?.Parameter is null)
                return await Accepts(http, registry, key, cancel)
                    ? RegistryLogin.Basic(key)
                    : BuildFailures.PushDenied($"{target.Registry}/{target.Repository}");
            return Ask(challenge.Parameter, registry, target) is { } question
                ? await Fetch(http, question, key, cancel)
                : BuildFailures.NoToken(target.Registry);
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError == HttpRequestError.SecureConnectionError
                ? BuildFailures.PushCertificate(target.Registry)
                : BuildFailures.PushUnreachable(target.Registry);
        }
    }

    /// <summary>The token service's address with the question, or null when a password must not go there.</summary>
    internal static Uri? Ask(string challenge, Uri registry, PushTarget target)
    {
        var parts = Parameter().Matches(challenge).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        if (!Uri.TryCreate(parts.GetValueOrDefault("realm"), UriKind.Absolute, out var realm))
            return null;
        // The registry is on this machine, so may its token service be; anywhere else only over TLS on the same name.
        var here = realm.IsLoopback && registry.IsLoopback;
        if (!here && !(realm.Scheme == Uri.UriSchemeHttps && realm.Host == registry.Host))
            return null;
        var scope = $"repository:{target.Repository}:pull,push";
        var service = parts.GetValueOrDefault("service", "");
        return new UriBuilder(realm)
        {
            Query = $"service={Uri.EscapeDataString(service)}&scope={Uri.EscapeDataString(scope)}",
        }.Uri;
    }

    private static async Task<Outcome<RegistryLogin?>> Fetch(
        HttpMessageInvoker http,
        Uri question,
        RegistryKey key,
        CancellationToken cancel
    )
    {
        using var request = Authorised(question, key);
        using var answer = await http.SendAsync(request, cancel);
        if (!answer.IsSuccessStatusCode)
            return BuildFailures.NoToken(key.Host);
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
            return token is { Length: > 0 }
                ? RegistryLogin.Bearer(key.Host, new Secret(token))
                : BuildFailures.NoToken(key.Host);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return BuildFailures.NoToken(key.Host);
        }
    }

    /// <summary>Asked before docker is, which tries a wrong password for a quarter of a minute.</summary>
    private static async Task<bool> Accepts(
        HttpMessageInvoker http,
        Uri registry,
        RegistryKey key,
        CancellationToken cancel
    )
    {
        using var request = Authorised(registry, key);
        using var answer = await http.SendAsync(request, cancel);
        return answer.StatusCode != HttpStatusCode.Unauthorized;
    }

    private static HttpRequestMessage Authorised(Uri address, RegistryKey key)
    {
        byte[] plain = [.. Encoding.UTF8.GetBytes(key.Username + ":"), .. key.Password.Bytes];
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(plain));
        return request;
    }

    private static SocketsHttpHandler Handler(string? authorities)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
        };
        if (authorities is not null)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.ImportFromPem(authorities);
            handler.SslOptions.CertificateChainPolicy = policy;
        }
        return handler;
    }

    [GeneratedRegex("""([a-z_]+)="([^"]*)" """, RegexOptions.IgnorePatternWhitespace | RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
