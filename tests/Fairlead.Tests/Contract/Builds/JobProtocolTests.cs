using System.Net;
using System.Net.Http.Json;
using System.Text;
using Fairlead.Contracts;
using Fairlead.Contracts.Builds;
using Fairlead.Contracts.Images;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Builds;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Builds;

/// <summary>What runners may rely on, and what they may not do.</summary>
public sealed class JobProtocolTests : IAsyncLifetime
{
    private static readonly string Digest = "sha256:" + new string('d', 64);
    private TestServer _server = null!;
    private BuildWorld _world = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.Start(adjust: QuietServer.NoDispatcher);
        _world = await BuildWorld.Make(_server, BuildWorld.Rule());
        await _world.Push("refs/heads/main", BuildWorld.Commit(1));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("GET", "spec")]
    [InlineData("POST", "log?attempt=1&start=0")]
    public async Task Nobody_without_a_job_token_gets_in(string method, string path)
    {
        using var stranger = _world.Runner("flj_wrong");
        using var request = new HttpRequestMessage(new(method), "/job/v1/" + path) { Content = new StringContent("") };
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task The_log_takes_every_byte_once_wherever_an_upload_begins()
    {
        using var runner = await _world.StartRunner(1);
        Assert.Equal(0, await Upload(runner, 0, ""));
        Assert.Equal(8, await Upload(runner, 0, "{\"a\":1}\n"));
        Assert.Equal(8, await Upload(runner, 0, "{\"a\":1}\n"));
        Assert.Equal(16, await Upload(runner, 0, "{\"a\":1}\n{\"a\":2}\n"));
        Assert.Equal(16, await Upload(runner, 99, "{\"a\":4}\n"));
        Assert.Equal(24, await Upload(runner, 16, "{\"a\":3}\n"));
        var log = await _server.Member.GetStringAsync("/api/v1/builds/1/log?format=json");
        Assert.Equal("{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n", log);
        Assert.Equal("{\"a\":3}\n", await _server.Member.GetStringAsync("/api/v1/builds/1/log?format=json&start=16"));
    }

    [Fact]
    public async Task Uploads_at_once_do_not_double_a_line()
    {
        using var runner = await _world.StartRunner(1);
        var lines = string.Concat(Enumerable.Range(0, 50).Select(at => $"{{\"a\":{at:00}}}\n"));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Upload(runner, 0, lines)));
        Assert.Equal(lines, await _server.Member.GetStringAsync("/api/v1/builds/1/log?format=json"));
    }

    [Fact]
    public async Task Half_a_line_is_refused()
    {
        using var runner = await _world.StartRunner(1);
        var answer = await runner.PostAsync("/job/v1/log?attempt=1&start=0", new StringContent("half"));
        Assert.Equal("job.log-not-lines", (await answer.Content.ReadFromJsonAsync<Problem>())!.Code);
    }

    [Fact]
    public async Task What_an_older_attempt_says_is_refused()
    {
        using var old = await _world.StartRunner(1);
        using var runner = await _world.StartRunner(1);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Send(old, "result", Result())).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await Send(runner, "result", Result(attempt: 1))).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await Send(runner, "heartbeat", new Heartbeat(1, "build"))).StatusCode);
        Assert.Equal(BuildState.Running, (await _world.Build(1)).State);
    }

    [Fact]
    public async Task A_result_stores_digest_and_tags_with_the_state_and_may_come_twice()
    {
        using var runner = await _world.StartRunner(1);
        await Send(runner, "heartbeat", new Heartbeat(1, "push"));
        Assert.Equal(HttpStatusCode.NoContent, (await Send(runner, "result", Result())).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await Send(runner, "result", Result("failed"))).StatusCode);
        var build = await _server.Member.GetFromJsonAsync<BuildInfo>("/api/v1/builds/1");
        Assert.Equal(("succeeded", Digest), (build!.State, build.Digest));
        Assert.Equal(1200, build.DurationsMs["build"]);
        var tags = await _server.Member.GetFromJsonAsync<Page<TagInfo>>("/api/v1/images/demo/app/tags");
        var tag = Assert.Single(tags!.Items);
        Assert.Equal(("00000000", Digest, 1L), (tag.Name, tag.Digest, tag.BuildId));
        Assert.Equal(BuildWorld.Commit(1), tag.Commit);
        Assert.EndsWith("@" + Digest, tag.PullCommand);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await Send(runner, "heartbeat", new Heartbeat(1, "push"))).StatusCode
        );
    }

    [Fact]
    public async Task Nothing_succeeds_without_a_digest()
    {
        using var runner = await _world.StartRunner(1);
        var answer = await Send(runner, "result", Result() with { Digest = null });
        Assert.Equal("job.digest-missing", (await answer.Content.ReadFromJsonAsync<Problem>())!.Code);
        Assert.Equal(BuildState.Running, (await _world.Build(1)).State);
    }

    [Fact]
    public async Task A_failure_keeps_its_words_and_phase()
    {
        using var runner = await _world.StartRunner(1);
        var failure = new Problem("source.commit-unknown", "The commit is gone.", 422) { Remedy = "Push it again." };
        await Send(runner, "result", Result("failed") with { Phase = "source", Failure = failure });
        var build = await _server.Member.GetFromJsonAsync<BuildInfo>("/api/v1/builds/1");
        Assert.Equal(("failed", "source"), (build!.State, build.Phase));
        Assert.Equal(("source.commit-unknown", "The commit is gone."), (build.Failure!.Code, build.Failure.Title));
        Assert.Equal("Push it again.", build.Failure.Remedy);
        Assert.Null(build.Digest);
    }

    [Fact]
    public async Task Someone_who_cancels_is_heard_at_the_next_heartbeat()
    {
        using var runner = await _world.StartRunner(1);
        Assert.False((await Beat(runner)).Cancel);
        (await _server.Member.PostAsync("/api/v1/builds/1/cancel", null)).EnsureSuccessStatusCode();
        Assert.True((await Beat(runner)).Cancel);
        await Send(runner, "result", Result("cancelled"));
        var build = await _server.Member.GetFromJsonAsync<BuildInfo>("/api/v1/builds/1");
        Assert.Equal("max cancelled it.", build!.Failure!.Title);
    }

    [Fact]
    public async Task What_waits_is_cancelled_at_once_and_what_ended_is_not()
    {
        var first = await _server.Member.PostAsync("/api/v1/builds/1/cancel", null);
        Assert.True(
            first.IsSuccessStatusCode,
            string.Join("\n", _server.Log.Lines.Where(l => l.StartsWith("Error", StringComparison.Ordinal)))
        );
        Assert.Equal(BuildState.Cancelled, (await _world.Build(1)).State);
        var again = await _server.Member.PostAsync("/api/v1/builds/1/cancel", null);
        Assert.Equal("build.ended", (await again.Content.ReadFromJsonAsync<Problem>())!.Code);
        var unknown = await _server.Member.PostAsync("/api/v1/builds/99/cancel", null);
        Assert.Equal("There is no build 99.", (await unknown.Content.ReadFromJsonAsync<Problem>())!.Title);
    }

    [Fact]
    public async Task The_log_can_be_followed_to_the_end()
    {
        using var runner = await _world.StartRunner(1);
        var end = await Upload(runner, 0, "{\"at\":1,\"phase\":\"build\",\"text\":\"one\"}\n");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/builds/1/log");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await _server.Member.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await Next(reader, "one");
        await Upload(runner, end, "{\"at\":2,\"phase\":\"build\",\"text\":\"two\"}\n");
        await Next(reader, "two");
        await Send(runner, "result", Result());
        await Next(reader, "event: end");
        Assert.Contains("\"succeeded\"", await reader.ReadLineAsync());
        await reader.ReadToEndAsync();
    }

    [Fact]
    public async Task People_read_the_log_as_text()
    {
        using var runner = await _world.StartRunner(1);
        await Upload(runner, 0, "{\"at\":1,\"phase\":\"build\",\"text\":\"RUN make\",\"kind\":\"phase\"}\n");
        Assert.Equal("== RUN make\n", await _server.Member.GetStringAsync("/api/v1/builds/1/log"));
    }

    private static async Task Next(StreamReader reader, string text)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (await reader.ReadLineAsync(deadline.Token) is { } line)
            if (line.Contains(text, StringComparison.Ordinal))
                return;
        Assert.Fail($"The stream ended before '{text}'.");
    }

    private static JobResult Result(string state = "succeeded", int attempt = 1) =>
        new(
            attempt,
            state,
            "push",
            state == "succeeded" ? Digest : null,
            4096,
            ["linux/amd64"],
            null,
            new Dictionary<string, long> { ["build"] = 1200 }
        );

    private static Task<HttpResponseMessage> Send<T>(HttpClient runner, string path, T body) =>
        runner.PostAsJsonAsync("/job/v1/" + path, body);

    private static async Task<HeartbeatReply> Beat(HttpClient runner)
    {
        var answer = await Send(runner, "heartbeat", new Heartbeat(1, "build"));
        return (await answer.Content.ReadFromJsonAsync<HeartbeatReply>())!;
    }

    private static async Task<long> Upload(HttpClient runner, long start, string lines)
    {
        var answer = await runner.PostAsync(
            $"/job/v1/log?attempt=1&start={start}",
            new ByteArrayContent(Encoding.UTF8.GetBytes(lines))
        );
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<LogReply>())!.Length;
    }
}
