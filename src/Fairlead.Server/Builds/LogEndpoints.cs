using System.Globalization;
using System.Text;
using System.Text.Json;
using Fairlead.Contracts.Builds;
using Fairlead.Server.Web;

namespace Fairlead.Server.Builds;

/// <summary>
/// A build's log in three forms: text for people, lines of JSON for programs, and server-sent events that follow it
/// to the end. Chosen by <c>?format=</c> (<c>text</c>, <c>json</c>, <c>events</c>) or the Accept header.
/// </summary>
internal static class LogEndpoints
{
    public const string Json = "application/x-ndjson";
    public const string Events = "text/event-stream";
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public static async Task Get(
        long id,
        HttpContext context,
        ListBuilds builds,
        BuildLog log,
        BuildSignals signals,
        TimeProvider time,
        CancellationToken cancel,
        string? format = null,
        long start = 0
    )
    {
        var found = await builds.Show(id, cancel);
        if (!found.Ok)
        {
            await found.Failure.ToHttp().ExecuteAsync(context);
            return;
        }
        var answer = context.Response;
        answer.Headers.CacheControl = "no-store";
        answer.Headers["X-Content-Type-Options"] = "nosniff";
        switch (format ?? Accepted(context.Request))
        {
            case "events":
                await Follow(id, Resume(context.Request) ?? start, answer, builds, log, signals, time, cancel);
                break;
            case "json":
                answer.ContentType = Json;
                await foreach (var (_, bytes) in log.Read(id, start, cancel))
                    await answer.Body.WriteAsync(bytes, cancel);
                break;
            default:
                answer.ContentType = "text/plain; charset=utf-8";
                await foreach (var (_, line) in log.Lines(id, start, cancel))
                    await answer.WriteAsync(LogText.Of(line.Span), cancel);
                break;
        }
    }

    private static string Accepted(HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        return accept.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase) ? "events"
            : accept.Contains("json", StringComparison.OrdinalIgnoreCase) ? "json"
            : "text";
    }

    /// <summary>Where a browser that was cut off had come to.</summary>
    private static long? Resume(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? at
            : null;

    /// <summary>
    /// Events: <c>line</c> (id: the offset behind it; data: the line's JSON), <c>build</c> (data: the build, whenever
    /// its state or phase changed) and, last, <c>end</c>.
    /// </summary>
    private static async Task Follow(
        long id,
        long start,
        HttpResponse answer,
        ListBuilds builds,
        BuildLog log,
        BuildSignals signals,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        answer.ContentType = "text/event-stream";
        var (shown, at, silentSince) = ("", start, time.GetUtcNow());
        while (true)
        {
            var changed = signals.Next(id);
            if (!(await builds.Show(id, cancel)).Try(out var build, out _))
                return;
            var before = at;
            await foreach (var (end, line) in log.Lines(id, at, cancel))
            {
                await answer.WriteAsync(
                    $"event: line\nid: {end}\ndata: {Encoding.UTF8.GetString(line.Span)}\n\n",
                    cancel
                );
                at = end;
            }
            var state = $"{build.State} {build.Phase} {build.Waiting} {build.CancelRequested}";
            var ended = build.FinishedAt is not null;
            if (state != shown)
                await Send(answer, ended ? "end" : "build", build, cancel);
            else if (at == before && time.GetUtcNow() - silentSince > KeepAlive)
                await answer.WriteAsync(": still here\n\n", cancel);
            if (state != shown || at != before || time.GetUtcNow() - silentSince > KeepAlive)
                silentSince = time.GetUtcNow();
            await answer.Body.FlushAsync(cancel);
            if (ended)
                return;
            shown = state;
            await QueueSignal.Either(changed, LookAgain, time, cancel);
        }
    }

    private static Task Send(HttpResponse answer, string name, BuildInfo build, CancellationToken cancel) =>
        answer.WriteAsync(
            $"event: {name}\ndata: {JsonSerializer.Serialize(build, JsonSerializerOptions.Web)}\n\n",
            cancel
        );
}
