using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;

namespace Fairlead.Runner.Talk;

/// <summary>
/// The runner's end of <c>/job/v1</c>. Patient: while the server is away (being restarted, killed, upgraded) a call
/// is repeated with growing pauses until its own limit; every call of the protocol may be repeated.
/// </summary>
internal sealed class JobClient(HttpMessageInvoker http, Uri server, Secret token, TimeProvider time) : IDisposable
{
    private const string ProblemType = "application/problem+json";

    /// <summary>Answers of status 500 after which the server is believed to be wrong rather than in trouble.</summary>
    private const int MostFaults = 20;

    private const int LargestAnswer = 4 * 1024 * 1024;

    /// <summary>One exchange; resolving bases at a slow registry is the longest of them.</summary>
    private static readonly TimeSpan Exchange = TimeSpan.FromMinutes(2);

    /// <summary>How long to keep trying; grows to the job's deadline once that is known.</summary>
    public DateTimeOffset PatientUntil { get; set; } = time.GetUtcNow() + TimeSpan.FromMinutes(5);

    public Task<Outcome<JobSpec>> Spec(CancellationToken cancel) =>
        Patiently<JobSpec>(() => new HttpRequestMessage(HttpMethod.Get, At("spec")), cancel);

    /// <summary>Not repeated: the next beat is as good.</summary>
    public Task<Outcome<HeartbeatReply>> Beat(Heartbeat beat, CancellationToken cancel) =>
        Once<HeartbeatReply>(() => Json("heartbeat", beat), cancel);

    public Task<Outcome<LogReply>> Log(int attempt, long start, ReadOnlyMemory<byte> lines, CancellationToken cancel) =>
        Patiently<LogReply>(
            () =>
                new HttpRequestMessage(HttpMethod.Post, At($"log?attempt={attempt}&start={start}"))
                {
                    Content = new ReadOnlyMemoryContent(lines)
                    {
                        Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") },
                    },
                },
            cancel
        );

    public Task<Outcome<GitLease>> LeaseGit(CancellationToken cancel) =>
        Patiently<GitLease>(() => new HttpRequestMessage(HttpMethod.Post, At("leases/git")), cancel);

    public Task<Outcome<RegistryLease>> LeaseRegistry(RegistryLeaseRequest wish, CancellationToken cancel) =>
        Patiently<RegistryLease>(() => Json("leases/registry", wish), cancel);

    public Task<Outcome<InputsReply>> Inputs(InputsRequest inputs, CancellationToken cancel) =>
        Patiently<InputsReply>(() => Json("inputs", inputs), cancel);

    public Task<Outcome<Done>> Result(JobResult result, CancellationToken cancel) =>
        Patiently<Done>(() => Json("result", result), cancel);

    public void Dispose() => http.Dispose();

    private Uri At(string path) => new(server, "job/v1/" + path);

    private HttpRequestMessage Json<T>(string path, T body) =>
        new(HttpMethod.Post, At(path))
        {
            Content = new StringContent(
                JsonSerializer.Serialize(body, JsonSerializerOptions.Web),
                Encoding.UTF8,
                "application/json"
            ),
        };

    private async Task<Outcome<T>> Patiently<T>(Func<HttpRequestMessage> ask, CancellationToken cancel)
    {
        var backoff = new Backoff();
        var faulty = 0;
        while (true)
        {
            var outcome = await Once<T>(ask, cancel);
            if (outcome.Failure?.Retry != Retry.Later || time.GetUtcNow() > PatientUntil)
                return outcome;
            if (outcome.Failure.Code == JobFailures.ServerFaulty.Code && ++faulty == MostFaults)
                return outcome;
            await Task.Delay(backoff.Next(), time, cancel);
        }
    }

    private async Task<Outcome<T>> Once<T>(Func<HttpRequestMessage> ask, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(Exchange, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            using var request = ask();
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
            using var answer = await http.SendAsync(request, either.Token);
            return await Read<T>(answer, either.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            return JobFailures.ServerAway;
        }
        catch (JsonException)
        {
            return JobFailures.Unreadable;
        }
    }

    private static async Task<Outcome<T>> Read<T>(HttpResponseMessage answer, CancellationToken cancel)
    {
        await answer.Content.LoadIntoBufferAsync(LargestAnswer, cancel);
        var body = await answer.Content.ReadAsByteArrayAsync(cancel);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Gone)
            return JobFailures.Refused;
        if (answer.StatusCode == HttpStatusCode.InternalServerError)
            return JobFailures.ServerFaulty;
        if (IsAway(answer))
            return JobFailures.ServerAway;
        if (!answer.IsSuccessStatusCode)
            return Read<Problem>(body) is { } problem ? JobFailures.From(problem) : JobFailures.Unreadable;
        if (typeof(T) == typeof(Done))
            return (T)(object)Done.It;
        return Read<T>(body) is { } value ? value : JobFailures.Unreadable;
    }

    /// <summary>
    /// The server, or a proxy before it, cannot answer now. A problem with another status tells of an outside system,
    /// and asking again at once would not help.
    /// </summary>
    private static bool IsAway(HttpResponseMessage answer) =>
        answer.StatusCode switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout => true,
            HttpStatusCode.ServiceUnavailable => true,
            > HttpStatusCode.InternalServerError => answer.Content.Headers.ContentType?.MediaType != ProblemType,
            _ => false,
        };

    private static T? Read<T>(byte[] body) => JsonSerializer.Deserialize<T>(body, JsonSerializerOptions.Web);
}
