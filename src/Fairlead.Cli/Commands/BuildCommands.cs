using System.CommandLine;
using System.Net.Http.Json;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Builds;

namespace Fairlead.Cli.Commands;

/// <summary>Builds: what runs, what ran, and why it failed.</summary>
internal static class BuildCommands
{
    public static Command Create(Terminal terminal) =>
        new Command("build", "Start, watch, list and cancel builds").With(
            List(terminal),
            Show(terminal),
            Start(terminal),
            Again(terminal),
            Watch(terminal),
            Log(terminal),
            Cancel(terminal),
            Queue(terminal)
        );

    private static Argument<long> Number() => new("build") { Description = "The number of the build" };

    private static Command List(Terminal terminal) =>
        ListCommand.Create(
            terminal,
            "list",
            "List builds, newest first",
            "api/v1/builds",
            CliJson.Default.PageBuildInfo,
            [
                ("image", new Option<string?>("--image") { Description = "Only of this image: namespace/name" }),
                (
                    "state",
                    new Option<string?>("--state")
                    {
                        Description = "Only in this state; active is queued or running",
                    }.Offers("queued", "running", "succeeded", "failed", "cancelled", "timed-out", "skipped", "active")
                ),
                ("ref", new Option<string?>("--ref") { Description = "Only of this branch or tag" }),
            ],
            call =>
                [
                    ("build", build => build.Id.ToString()),
                    ("image", build => build.Image),
                    ("ref", build => ShortRef(build.Ref)),
                    ("commit", build => build.Commit[..8]),
                    ("state", StateWord),
                    ("took", Took),
                    ("queued", build => Words.Ago(build.QueuedAt, call.Time)),
                    ("digest", build => Words.Digest(build.Digest)),
                ]
        );

    private static Command Show(Terminal terminal)
    {
        var number = Number();
        return new Command("show", "Show one build")
            .With(number)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var path = $"api/v1/builds/{call.Get(number)}";
                    var build = await call.Client.Get(path, CliJson.Default.BuildInfo, cancel);
                    call.Answer(build, CliJson.Default.BuildInfo, _ => ShowOne(call, build));
                }
            );
    }

    internal static void ShowOne(Invocation call, BuildInfo build)
    {
        call.Terminal.ShowOne(
            ("build", build.Id.ToString()),
            ("image", build.Image),
            ("ref", ShortRef(build.Ref)),
            ("commit", build.Commit),
            ("state", StateWord(build)),
            ("waits", build.Waiting),
            ("took", Took(build)),
            ("references", string.Join('\n', build.References)),
            ("digest", build.Digest),
            ("note", build.ReusedBuild is { } earlier ? $"nothing changed since build {earlier}: tagged again" : null)
        );
        if (build.Failure is { } failure)
            call.Terminal.Show(failure);
    }

    private static Command Start(Terminal terminal)
    {
        var image = new Argument<string>("image") { Description = "namespace/name" };
        var rule = new Option<long?>("--rule") { Description = "Which rule, when the image has several" };
        var reference = new Option<string?>("--ref") { Description = "Which branch or tag, for a rule with a pattern" };
        var watch = new Option<bool>("--watch") { Description = "Follow the log until the build ends" };
        return new Command("start", "Build now")
            .With(image, rule, reference, watch)
            .Tells(
                terminal,
                async (call, cancel) =>
                {
                    var input = JsonContent.Create(
                        new BuildNowInput(call.Get(rule), call.Get(reference)),
                        CliJson.Default.BuildNowInput
                    );
                    return await Started(
                        call,
                        $"api/v1/images/{ImageName.Of(call.Get(image)).Path}/builds",
                        input,
                        call.Get(watch),
                        cancel
                    );
                }
            );
    }

    private static Command Again(Terminal terminal)
    {
        var number = Number();
        var watch = new Option<bool>("--watch") { Description = "Follow the log until the build ends" };
        return new Command("rebuild", "Build the same commit by the same rule again")
            .With(number, watch)
            .Tells(
                terminal,
                (call, cancel) =>
                    Started(call, $"api/v1/builds/{call.Get(number)}/rebuild", null, call.Get(watch), cancel)
            );
    }

    private static async Task<int> Started(
        Invocation call,
        string path,
        HttpContent? body,
        bool watch,
        CancellationToken cancel
    )
    {
        var build = await call.Client.Send(HttpMethod.Post, path, body, CliJson.Default.BuildInfo, cancel);
        if (watch)
            return await BuildWatch.Follow(call, build.Id, cancel);
        call.Answer(build, CliJson.Default.BuildInfo, _ => ShowOne(call, build));
        return ExitCodes.Ok;
    }

    private static Command Watch(Terminal terminal)
    {
        var number = Number();
        return new Command("watch", "Follow a build's log until it ends; fails when the build fails")
            .With(number)
            .Tells(terminal, (call, cancel) => BuildWatch.Follow(call, call.Get(number), cancel));
    }

    private static Command Log(Terminal terminal)
    {
        var number = Number();
        return new Command("log", "Print a build's log")
            .With(number)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var format = call.Json ? "json" : "text";
                    var path = $"api/v1/builds/{call.Get(number)}/log?format={format}";
                    using var log = new StreamReader(await call.Client.Open(path, cancel));
                    while (await log.ReadLineAsync(cancel) is { } line)
                        await call.Terminal.Output.WriteLineAsync(line);
                }
            );
    }

    private static Command Cancel(Terminal terminal)
    {
        var number = Number();
        return new Command("cancel", "Stop a build")
            .With(number)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    await call.Client.Do(HttpMethod.Post, $"api/v1/builds/{call.Get(number)}/cancel", null, cancel);
                    call.Terminal.Say($"Build {call.Get(number)} is being cancelled.");
                }
            );
    }

    private static Command Queue(Terminal terminal) =>
        new Command("queue", "Show how full the queue is").Does(
            terminal,
            async (call, cancel) =>
            {
                var queue = await call.Client.Get("api/v1/queue", CliJson.Default.QueueInfo, cancel);
                call.Answer(
                    queue,
                    CliJson.Default.QueueInfo,
                    _ =>
                        call.Terminal.ShowOne(
                            ("queued", queue.Queued.ToString()),
                            ("running", queue.Running.ToString()),
                            ("at a time", queue.Limit.ToString())
                        )
                );
            }
        );

    internal static string StateWord(BuildInfo build) =>
        build.State == "running" ? $"running: {build.Phase}"
        : build.ReusedBuild is not null ? "succeeded (re-tagged)"
        : build.State;

    private static string? Took(BuildInfo build) =>
        build is { StartedAt: { } start, FinishedAt: { } end } ? Words.Span(end - start) : null;

    private static string ShortRef(string full) =>
        full.Replace("refs/heads/", "").Replace("refs/tags/", "").Replace("refs/pull/", "#").Replace("/head", "");
}
