using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Fairlead.Contracts;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Hosting;

/// <summary>Whatever is sent, the answer is a sentence with a code; never a bare status, never a 500.</summary>
public sealed class BadRequestTests(BadRequestTests.Server fixture) : IClassFixture<BadRequestTests.Server>
{
    public static TheoryData<string, int, string, string?> Bodies =>
        new()
        {
            { """{"name": """, 400, "input.not-json", "name" },
            { """{"name":"\ud800","password":"x"}""", 400, "input.not-json", "name" },
            { """{"name":"\u0000","password":"x"}""", 401, "access.sign-in-refused", null },
            { """{"name":"a","name":"b","password":"x"}""", 400, "input.not-json", "name" },
            { """{"name":"a"}""", 400, "input.missing-field", "password" },
            { """{"name":"a","password":null}""", 400, "input.missing-field", "password" },
            { """{"name":"a","password":1}""", 400, "input.wrong-type", "password" },
            { """{"name":"a","password":"b","pasword":"c"}""", 400, "input.unknown-field", "pasword" },
            { "", 400, "input.unreadable", null },
            { "[]", 400, "input.not-json", null },
            { new string('[', 1000) + new string(']', 1000), 400, "input.not-json", null },
            { "{\"name\":" + new string('[', 1000) + new string(']', 1000) + "}", 400, "input.wrong-type", "name" },
        };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_cannot_be_read_is_explained(string body, int status, string code, string? field)
    {
        var answer = await Post(new StringContent(body, Encoding.UTF8, "application/json"));
        var problem = await answer.Content.ReadFromJsonAsync<Problem>();
        Assert.Equal((status, code, field), ((int)answer.StatusCode, problem!.Code, problem.Field));
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_whether_its_length_is_told_or_not()
    {
        foreach (var chunked in (bool[])[false, true])
        {
            var answer = await PostSpaces("/api/v1/sign-in", 2 * 1024 * 1024, chunked);
            Assert.StartsWith("HTTP/1.1 413", answer);
            Assert.Contains("input.too-big", answer);
        }
    }

    /// <summary>
    /// By a bare socket: the server hangs up before it has read all, which http clients take for an error.
    /// </summary>
    private async Task<string> PostSpaces(string path, int length, bool chunked)
    {
        var url = fixture.It.Url;
        using var client = new TcpClient(url.Host, url.Port);
        await using var stream = client.GetStream();
        var size = chunked ? $"Transfer-Encoding: chunked\r\n\r\n{length:x}" : $"Content-Length: {length}\r\n";
        var head = $"POST {path} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\n{size}\r\n";
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head + new string(' ', length) + "\r\n0\r\n\r\n"));
        }
        catch (IOException)
        {
            // It has answered and hung up; what it said is there to be read.
        }
        try
        {
            await stream.CopyToAsync(answer);
        }
        catch (IOException)
        {
            // Hung up for good.
        }
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing-here", 404, "http.unknown-path")]
    [InlineData("DELETE", "/api/v1/sign-in", 405, "http.wrong-method")]
    [InlineData("GET", "/job/v1/spec", 404, "http.unknown-path")]
    public async Task Every_refusal_has_words(string method, string path, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await fixture.It.Anonymous.SendAsync(request);
        var problem = await answer.Content.ReadFromJsonAsync<Problem>();
        Assert.Equal((status, code), ((int)answer.StatusCode, problem!.Code));
    }

    [Fact]
    public async Task Another_media_type_is_refused()
    {
        var answer = await Post(new StringContent("name=a", Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.Equal("input.media-type", (await answer.Content.ReadFromJsonAsync<Problem>())!.Code);
    }

    [Fact]
    public async Task A_name_the_server_does_not_go_by_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/whoami");
        request.Headers.Host = "rebound.example";
        using var answer = await fixture.It.Anonymous.SendAsync(request);
        Assert.Equal("http.unknown-host", (await answer.Content.ReadFromJsonAsync<Problem>())!.Code);
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_that_tie_the_browser_down()
    {
        using var answer = await fixture.It.Administrator.GetAsync("/api/v1/whoami");
        string Header(string name) => string.Join(',', answer.Headers.GetValues(name));
        Assert.Contains("script-src 'self'", Header("Content-Security-Policy"));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("no-store", Header("Cache-Control"));
        Assert.Equal("same-origin", Header("Cross-Origin-Opener-Policy"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    private Task<HttpResponseMessage> Post(HttpContent content) =>
        fixture.It.Anonymous.PostAsync("/api/v1/sign-in", content);

    public sealed class Server : IAsyncLifetime
    {
        public TestServer It { get; private set; } = null!;

        public async ValueTask InitializeAsync() => It = await TestServer.Start();

        public ValueTask DisposeAsync() => It.DisposeAsync();
    }
}
