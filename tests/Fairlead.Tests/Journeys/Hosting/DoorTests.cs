using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fairlead.Contracts;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Hosting;

/// <summary>People come in by the address, runners by the socket, and neither by the other's door.</summary>
public sealed class DoorTests
{
    [Fact]
    public async Task The_job_socket_is_open_to_every_account_and_serves_jobs_only()
    {
        await using var server = await TestServer.Start();
        var everyone = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        Assert.Equal(everyone, File.GetUnixFileMode(server.Options.JobSocket) & everyone);
        using var runner = OverSocket(server.Options.JobSocket);
        foreach (var path in (string[])["/api/v1/whoami", "/", "/hooks/x", "/health/live", "/sign-in"])
            Assert.Equal("http.unknown-path", (await runner.GetFromProblem(path)).Code);
        Assert.Equal("http.unknown-path", (await server.Administrator.GetFromProblem("/job/v1/spec")).Code);
    }

    [Fact]
    public async Task With_a_certificate_it_speaks_https_and_cookies_are_bound_to_the_host()
    {
        using var files = new TempDir();
        var (certificate, key) = Certificate(files);
        await using var server = await TestServer.Start(
            options: plain => plain with { Certificate = certificate, CertificateKey = key },
            people: false
        );
        using var trusting = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
            },
        };
        using var client = new HttpClient(trusting) { BaseAddress = server.Url };
        using var answer = await client.GetAsync("/health/live");
        Assert.Equal("https", server.Url.Scheme);
        Assert.Equal("max-age=31536000", answer.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    public async Task Only_a_named_proxy_is_believed()
    {
        foreach (var (proxy, believed) in ((string, bool)[])[("127.0.0.1", true), ("192.0.2.1", false)])
        {
            await using var server = await TestServer.Start(options: plain => plain with { TrustedProxies = [proxy] });
            using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
            request.Headers.Add("X-Forwarded-For", "203.0.113.9");
            request.Headers.Add("X-Forwarded-Proto", "https");
            using var answer = await server.Anonymous.SendAsync(request);
            Assert.Equal(believed, answer.Headers.Contains("Strict-Transport-Security"));
        }
    }

    [Fact]
    public async Task Health_metrics_and_the_api_document_are_served()
    {
        await using var server = await TestServer.Start();
        Assert.Equal("\"ready\"", await server.Anonymous.GetStringAsync("/health/ready"));
        var metrics = await server.Member.GetStringAsync("/metrics");
        Assert.Contains("# TYPE http_server_request_duration_seconds histogram", metrics);
        Assert.Matches("""http_server_request_duration_seconds_bucket\{.*le="\+Inf"\} \d+""", metrics);
        var document = await server.Anonymous.GetStringAsync("/openapi/v1.json");
        Assert.Contains("/api/v1/people/{name}", document);
        Assert.DoesNotContain(server.Options.Listen, document);
    }

    private static HttpClient OverSocket(string path) =>
        new(
            new SocketsHttpHandler
            {
                ConnectCallback = async (_, cancel) =>
                {
                    var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        )
        {
            BaseAddress = new Uri("http://job"),
        };

    private static (string Certificate, string Key) Certificate(TempDir files)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return (
            files.Write("server.pem", made.ExportCertificatePem()),
            files.Write("server.key", key.ExportPkcs8PrivateKeyPem())
        );
    }
}

internal static class ProblemAnswers
{
    public static async Task<Problem> GetFromProblem(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return (await answer.Content.ReadFromJsonAsync<Problem>())!;
    }
}
