using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Fairlead.Emulators.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>
/// A token service on the machine's loopback, where an engine cannot reach it. One user, <c>robot</c>, who may do what
/// he asks for in repositories below <c>team/</c>; whoever says nothing may pull below <c>team/open</c>.
/// </summary>
internal sealed class TestTokenService : IAsyncDisposable
{
    public const string Password = "right-password";
    private readonly TestAuthority _authority = new("Token Authority");
    private readonly X509Certificate2 _signer;
    private WebApplication _app = null!;

    private TestTokenService() => _signer = _authority.Issue("token.test");

    public Uri Realm => new(_app.Urls.First() + "/token");
    public string RootCertificates => _authority.Pem;

    /// <summary>How each question came.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <param name="certificate">Serves https with it.</param>
    public static async Task<TestTokenService> Start(X509Certificate2? certificate = null)
    {
        var service = new TestTokenService();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel =>
                kestrel.Listen(
                    IPAddress.Loopback,
                    0,
                    listen =>
                    {
                        if (certificate is not null)
                            listen.UseHttps(certificate);
                    }
                )
            );
        service._app = builder.Build();
        service._app.Run(service.Answer);
        await service._app.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _authority.Dispose();
    }

    private Task Answer(HttpContext http)
    {
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"robot:{Password}"));
        var robot = http.Request.Headers.Authorization == expected;
        Asked.Enqueue(http.Request.Headers.Authorization.Count > 0 ? "with a login" : "as nobody");
        if (!robot && http.Request.Headers.Authorization.Count > 0)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }
        var access = http
            .Request.Query["scope"]
            .Select(scope => scope!.Split(':'))
            .Where(scope => scope.Length == 3 && scope[1].StartsWith(robot ? "team/" : "team/open"))
            .Select(scope => new
            {
                type = scope[0],
                name = scope[1],
                actions = scope[2].Split(',').Where(action => robot || action == "pull"),
            });
        return http.Response.WriteAsJsonAsync(new { token = Token(http.Request.Query["service"]!, access) });
    }

    private string Token(string service, object access)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var header = new
        {
            alg = "ES256",
            typ = "JWT",
            x5c = new[] { Convert.ToBase64String(_signer.RawData) },
        };
        var body = new
        {
            iss = "test",
            aud = service,
            sub = "robot",
            iat = now,
            nbf = now,
            exp = now + 300,
            access,
        };
        var signed = $"{Encode(header)}.{Encode(body)}";
        using var key = _signer.GetECDsaPrivateKey()!;
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
