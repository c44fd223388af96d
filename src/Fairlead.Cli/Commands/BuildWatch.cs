using System.Net.ServerSentEvents;
using System.Text.Json;
using Fairlead.Contracts.Builds;
using Spectre.Console;

namespace Fairlead.Cli.Commands;

/// <summary>
/// Follows a build to its end: log lines as they come, phases as headings, the outcome as the exit code.
/// </summary>
internal static class BuildWatch
{
    public static async Task<int> Follow(Invocation call, long build, CancellationToken cancel)
    {
        var at = 0L;
        while (true)
        {
            try
            {
                if (await FollowOnce(call, build, at, position => at = position, cancel) is { } ended)
                    return Tell(call, ended);
            }
            catch (Exception cut) when (cut is IOException or HttpRequestException)
            {
                call.Terminal.Say("The server went away; waiting for it to come back.");
            }
            await Task.Delay(TimeSpan.FromSeconds(1), call.Time, cancel);
        }
    }

    private static async Task<BuildInfo?> FollowOnce(
        Invocation call,
        long build,
        long start,
        Action<long> seen,
        CancellationToken cancel
    )
    {
        var path = $"api/v1/builds/{build}/log?format=events&start={start}";
        await using var stream = await call.Client.Open(path, cancel);
        await foreach (var happened in SseParser.Create(stream).EnumerateAsync(cancel))
        {
            if (long.TryParse(happened.EventId, out var position))
                seen(position);
            switch (happened.EventType)
            {
                case "line":
                    ShowLine(call, happened.Data);
                    break;
                case "build" when Read(happened.Data) is { Waiting: { } reason }:
                    call.Terminal.Say($"Waiting: {reason}");
                    break;
                case "end":
                    return Read(happened.Data);
            }
        }
        return null;
    }

    private static BuildInfo? Read(string json) => JsonSerializer.Deserialize(json, CliJson.Default.BuildInfo);

    private static void ShowLine(Invocation call, string json)
    {
        if (call.Json)
        {
            call.Terminal.Output.WriteLine(json);
            return;
        }
        if (JsonSerializer.Deserialize(json, CliJson.Default.LogLine) is not { } line)
            return;
        if (line.Kind == "phase")
            call.Terminal.People.MarkupLineInterpolated($"[bold]{line.Text}[/]");
        else if (line.Kind == "error")
            call.Terminal.People.MarkupLineInterpolated($"[red]{line.Text}[/]");
        else
            call.Terminal.People.WriteLine(line.Text);
    }

    private static int Tell(Invocation call, BuildInfo build)
    {
        call.Answer(build, CliJson.Default.BuildInfo, _ => BuildCommands.ShowOne(call, build));
        return build.State is "succeeded" or "skipped" ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
