using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Fairlead.Contracts.Jobs;
using Fairlead.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fairlead.Tests.Contract.Jobs;

/// <summary>
/// The server's end of the job protocol, strict about what it promises, on a Unix socket. It can go away and come
/// back without forgetting, as a server that is killed and started again does.
/// </summary>
internal sealed class FakeJobServer : IAsyncDisposable
{
    public const string Token = "flj_0123456789abcdefghijABCDEFGHIJ0123456789abc";
    private readonly TempDir _dir = new();
    private readonly Lock _gate = new();
    private WebApplication? _app;

    public string Address => $"unix:{_dir["jobs.sock"]}";

    public JobSpec? Spec { get; set; }

    /// <summary>The log as stored; it may begin with that of an earlier attempt.</summary>
    public MemoryStream Log { get; } = new();

    public ConcurrentQueue<Heartbeat> Beats { get; } = [];

    public ConcurrentQueue<RegistryLeaseRequest> Wishes { get; } = [];

    public List<JobResult> Results { get; } = [];

    public InputsRequest? Inputs { get; private set; }

    public bool Cancel { get; set; }

    /// <summary>Every request is answered 401 from now on.</summary>
    public bool Forgotten { get; set; }

    /// <summary>So many pieces of the log are stored but their answer is lost.</summary>
    public int LoseAnswers;

    public InputsReply Reply { get; set; } = new(null, null);

    public GitLease Git { get; set; } = new(null, null, null, null);

    public RegistryLease Registry { get; set; } = new("lease", "fll_RegistryLeaseSecret0123456789", null);

    public IReadOnlyList<LogLine> Lines
    {
        get
        {
            lock (_gate)
                return Encoding
                    .UTF8.GetString(Log.ToArray())
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => JsonSerializer.Deserialize<LogLine>(line, JsonSerializerOptions.Web)!)
                    .ToList();
        }
    }

    public async Task Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        File.Delete(_dir["jobs.sock"]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(_dir["jobs.sock"]));
        _app = builder.Build();
        _app.Use(Authenticate);
        var jobs = _app.MapGroup("/job/v1");
        jobs.MapGet("/spec", () => Spec);
        jobs.MapPost("/heartbeat", (Heartbeat beat) => Beat(beat));
        jobs.MapPost("/log", Append);
        jobs.MapPost("/leases/git", () => Git);
        jobs.MapPost("/leases/registry", (RegistryLeaseRequest wish) => Wish(wish));
        jobs.MapPost("/inputs", (InputsRequest inputs) => (Inputs = inputs, Reply).Reply);
        jobs.MapPost("/result", (JobResult result) => Store(result));
        await _app.StartAsync();
    }

    /// <summary>Connections are cut, nothing listens any more.</summary>
    public async Task Stop()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app!.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _dir.Dispose();
    }

    private Task Authenticate(HttpContext http, RequestDelegate next)
    {
        if (!Forgotten && http.Request.Headers.Authorization == $"Bearer {Token}")
            return next(http);
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private HeartbeatReply Beat(Heartbeat beat)
    {
        Beats.Enqueue(beat);
        return new HeartbeatReply(Cancel);
    }

    private RegistryLease Wish(RegistryLeaseRequest wish)
    {
        Wishes.Enqueue(wish);
        return wish.Push ? Registry : new RegistryLease("", "", null);
    }

    private async Task Append(HttpContext http, int attempt, long start)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        Assert.True(body.Length == 0 || body.ToArray()[^1] == (byte)'\n', "whole lines only");
        Assert.Equal(Spec!.Attempt, attempt);
        LogReply reply;
        lock (_gate)
        {
            var known = (int)(Log.Length - start);
            if (known >= 0 && known < body.Length)
                Log.Write(body.ToArray().AsSpan(known));
            reply = new LogReply(Log.Length);
        }
        if (body.Length > 0 && Interlocked.Decrement(ref LoseAnswers) >= 0)
            http.Abort();
        else
            await http.Response.WriteAsJsonAsync(reply);
    }

    private void Store(JobResult result)
    {
        lock (_gate)
            Results.Add(result);
    }
}
