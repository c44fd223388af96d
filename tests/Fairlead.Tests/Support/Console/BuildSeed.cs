using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Builds;
using Fairlead.Core.Events;
using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Images;

namespace Fairlead.Tests.Support.Console;

/// <summary>A week of builds of one image, and what started them.</summary>
internal sealed class BuildSeed(FairleadDb db, DateTimeOffset now)
{
    private static readonly string[] Steps =
    [
        "#5 [build 2/6] COPY package*.json ./",
        "#5 CACHED",
        "#8 [build 4/6] RUN npm ci --omit=dev",
        "#8 27.31 added 412 packages in 27s",
        "#9 [build 5/6] RUN npm run build",
        "#9 11.02 dist/server.js 312.4 kB",
    ];

    public async Task Run(ImageRow image, long source, string name)
    {
        var rule = db.Set<RuleRow>().First(row => row.ImageId == image.Id).Id;
        for (var i = 40; i > 0; i--)
            await Finished(image, source, rule, i);
        switch (name)
        {
            case "checkout":
                await Add(Row(image, rule, BuildState.Running, now.AddSeconds(-43), "refs/heads/main"), 4);
                await Add(Row(image, rule, BuildState.Queued, now.AddSeconds(-5), ConsoleSeed.HostileRef), 0);
                break;
            case "web":
                await Failed(image, rule);
                break;
            default:
                await Add(Row(image, rule, BuildState.Cancelled, now.AddHours(-3), "refs/heads/main"), 2);
                break;
        }
    }

    private async Task Finished(ImageRow image, long source, long rule, int age)
    {
        var at = now.AddHours(-age * 4 - age % 3);
        var gitRef = age % 5 == 0 ? $"refs/tags/v2.{40 - age}.0" : "refs/heads/main";
        var row = Row(image, rule, age % 11 == 0 ? BuildState.Failed : BuildState.Succeeded, at, gitRef);
        row.FinishedAt = at.AddSeconds(30 + age % 17);
        if (row.State == BuildState.Failed)
            (row.FailureCode, row.FailureSentence) = ("build.step", "RUN npm test ended with 1.");
        else
            (row.Digest, row.Size, row.Phase) = ($"sha256:{Hex(32)}", 48_300_000 + age * 1000, BuildPhase.Push);
        if (age % 7 == 0 && row.State == BuildState.Succeeded)
            row.ReusedBuildId = db.Set<BuildRow>().Max(build => (long?)build.Id);
        await Add(row, age < 4 ? 6 : 0);
        if (row.Digest is { } digest && age < 14)
            db.Add(
                new TagRow
                {
                    ImageId = image.Id,
                    Name = $"main-{row.Commit[..8]}",
                    Digest = digest,
                    Size = row.Size,
                    Platforms = ["linux/amd64"],
                    BuildId = row.Id,
                    PushedAt = row.FinishedAt.Value,
                }
            );
        Heard(source, row, age);
        await db.SaveChangesAsync();
    }

    private void Heard(long source, BuildRow build, int age)
    {
        var ignored = age % 4 == 0;
        var delivery = new DeliveryRow
        {
            SourceId = source,
            HeardBy = age % 6 == 0 ? HeardBy.Poll : HeardBy.Hook,
            Key = $"sha256:{Hex(32)}",
            State = ignored ? DeliveryState.Ignored : DeliveryState.Processed,
            ReceivedAt = build.QueuedAt,
            Body = new() { Bytes = Encoding.UTF8.GetBytes($$"""{"ref":"{{build.Ref}}","after":"{{build.Commit}}"}""") },
            Became = ignored ? "No rule matches." : $"Build {build.Id}.",
            Repeats = age % 9 == 0 ? 2 : 0,
            Recovered = age % 8 == 1 ? Recovery.HostsList : null,
        };
        db.Add(delivery);
        db.SaveChanges();
        db.Add(
            new EventRow
            {
                SourceId = source,
                Ref = build.Ref,
                After = build.Commit,
                Key = Hex(16),
                HeardBy = delivery.HeardBy,
                DeliveryId = delivery.Id,
                HeardAt = delivery.ReceivedAt,
                Became = delivery.Became,
                Recovered = delivery.Recovered,
            }
        );
    }

    private async Task Failed(ImageRow image, long rule)
    {
        var row = Row(image, rule, BuildState.Failed, now.AddMinutes(-11), "refs/heads/main");
        row.FinishedAt = now.AddMinutes(-10);
        row.FailureCode = "build.step";
        row.FailureSentence = "RUN npm run build ended with 1: src/pay.ts(41,7) Property 'retry' does not exist.";
        row.FailureRemedy = "The log shows the step; mend it and push again.";
        await Add(row, 6, "ERROR: process \"/bin/sh -c npm run build\" did not complete successfully: exit code: 1");
    }

    private BuildRow Row(ImageRow image, long rule, BuildState state, DateTimeOffset at, string gitRef)
    {
        var commit = Hex(20);
        return new BuildRow
        {
            ImageId = image.Id,
            RuleId = rule,
            Key = Hex(16),
            Ref = gitRef,
            Commit = commit,
            Plan = new(
                "/",
                "Dockerfile",
                [$"main-{commit[..8]}", "latest"],
                new Dictionary<string, string>(),
                [],
                false,
                60
            ),
            State = state,
            Phase = state == BuildState.Queued ? BuildPhase.Queue : BuildPhase.Build,
            QueuedAt = at,
            StartedAt = state == BuildState.Queued ? null : at.AddMilliseconds(100),
            FinishedAt = state == BuildState.Cancelled ? at.AddSeconds(9) : null,
            Durations = state == BuildState.Queued ? [] : new() { [BuildPhase.Queue] = 100, [BuildPhase.Source] = 320 },
            // Nobody may take it over while the test looks on.
            ServerId = state == BuildState.Running ? "elsewhere" : null,
            HeartbeatAt = state == BuildState.Running ? now.AddHours(1) : null,
        };
    }

    private async Task Add(BuildRow row, int steps, string? error = null)
    {
        if (row.State == BuildState.Succeeded)
            row.Durations = new()
            {
                [BuildPhase.Queue] = 100,
                [BuildPhase.Source] = 320,
                [BuildPhase.Build] = 28_400,
                [BuildPhase.Push] = 1_900,
            };
        db.Add(row);
        await db.SaveChangesAsync();
        if (steps == 0)
            return;
        var log = Encoding.UTF8.GetBytes(string.Concat(Lines(row, steps, error).Select(line => line + "\n")));
        db.Add(new BuildLogRow { BuildId = row.Id, Bytes = log });
        row.LogLength = log.Length;
        await db.SaveChangesAsync();
    }

    private static IEnumerable<string> Lines(BuildRow row, int steps, string? error)
    {
        var at = row.StartedAt!.Value.ToUnixTimeMilliseconds();
        yield return Line(at, "source", "Fetch source", "phase");
        yield return Line(at + 200, "source", $"mirror up to date, work tree at {row.Commit[..7]}", null);
        yield return Line(at + 320, "build", "Build with BuildKit", "phase");
        for (var i = 0; i < steps; i++)
            yield return Line(at + 400 + i * 4000, "build", Steps[i], null);
        if (error is not null)
            yield return Line(at + 30_000, "build", error, "error");
        if (row.State != BuildState.Succeeded)
            yield break;
        yield return Line(at + 28_800, "push", "Push to registry", "phase");
        yield return Line(at + 29_900, "push", "pushed 1 of 7 layers (6 already there), 3.1 MB", null);
    }

    private static string Line(long at, string phase, string text, string? kind) =>
        JsonSerializer.Serialize(new LogLine(at, phase, text, kind), JsonSerializerOptions.Web);

    private static string Hex(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}
