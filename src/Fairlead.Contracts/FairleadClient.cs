using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fairlead.Contracts;

/// <summary>The server said no, or could not be reached. <see cref="Problem"/> holds the words to show.</summary>
public sealed class FairleadException(Problem problem, Exception? cause = null) : Exception(problem.Title, cause)
{
    public Problem Problem { get; } = problem;
}

/// <summary>Talks to a Fairlead server's API: JSON in, JSON out, refusals as <see cref="FairleadException"/>.</summary>
public sealed class FairleadClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="server">The address people open the console by; a path in it is kept.</param>
    /// <param name="token">An API token, or null for what needs none.</param>
    public FairleadClient(Uri server, string? token, HttpMessageHandler? handler = null)
    {
        _http = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(server.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = TimeSpan.FromSeconds(100),
        };
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<T> Get<T>(string path, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        using var answer = await Send(HttpMethod.Get, path, null, cancel);
        return await Read(answer, type, cancel);
    }

    public async Task<T> Send<T>(
        HttpMethod method,
        string path,
        HttpContent? body,
        JsonTypeInfo<T> type,
        CancellationToken cancel
    )
    {
        using var answer = await Send(method, path, body, cancel);
        return await Read(answer, type, cancel);
    }

    /// <summary>For what answers nothing.</summary>
    public async Task Do(HttpMethod method, string path, HttpContent? body, CancellationToken cancel)
    {
        using var answer = await Send(method, path, body, cancel);
    }

    /// <summary>Opens a stream that goes on, such as a log that is followed.</summary>
    public async Task<Stream> Open(string path, CancellationToken cancel)
    {
        var answer = await Send(HttpMethod.Get, path, null, cancel);
        return await answer.Content.ReadAsStreamAsync(cancel);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> Send(
        HttpMethod method,
        string path,
        HttpContent? body,
        CancellationToken cancel
    )
    {
        using var request = new HttpRequestMessage(method, path.TrimStart('/')) { Content = body };
        HttpResponseMessage answer;
        try
        {
            answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        }
        catch (HttpRequestException cause)
        {
            throw new FairleadException(Unreachable(), cause);
        }
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw new FairleadException(await ReadProblem(answer, cancel));
    }

    private static async Task<T> Read<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancel) =>
        await answer.Content.ReadFromJsonAsync(type, cancel)
        ?? throw new FairleadException(new Problem("client.empty-answer", "The server answered nothing.", 502));

    private static async Task<Problem> ReadProblem(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            if (
                await answer.Content.ReadFromJsonAsync(ContractsJson.Default.Problem, cancel) is
                { Code: not null } problem
            )
                return problem;
        }
        catch (JsonException)
        {
            // Something between us and the server answered in its own words; the status is all there is.
        }
        return new Problem(
            "client.not-fairlead",
            $"The answer ({(int)answer.StatusCode}) did not come from a Fairlead server.",
            (int)answer.StatusCode
        )
        {
            Remedy = "Check the server's address, and any proxy in front of it.",
        };
    }

    private Problem Unreachable() =>
        new("client.unreachable", $"No Fairlead server answers at {_http.BaseAddress}.", (int)HttpStatusCode.BadGateway)
        {
            Remedy = "Check that it runs, and the address given to `fairlead login`.",
        };
}
