using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Builds;
using Fairlead.Contracts.Images;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Runner.Images;
using Fairlead.Runner.Sources;
using Fairlead.Tests.Support;
using RunnerFailures = Fairlead.Runner.Talk.JobFailures;

namespace Fairlead.Tests.Journeys.BadInput;

/// <summary>
/// What a runner can report of a build that was somebody's mistake. That each is reported when it should be is shown
/// where the engines and the sources are tested; here, that its words reach a person whole, by each way, with the
/// phase, and that no image is left.
/// </summary>
public sealed class FailedBuildTests(FailedBuildTests.World world) : IClassFixture<FailedBuildTests.World>
{
    private static readonly (BuildPhase Phase, Failure Failure)[] Mistakes =
    [
        (BuildPhase.Source, SourceFailures.NoDockerfile("Dockerfile", "0123abcd", "README.md")),
        (BuildPhase.Source, SourceFailures.NoDirectory("app", "0123abcd", "README.md")),
        (BuildPhase.Source, SourceFailures.Outside("dockerfile", "Dockerfile")),
        (BuildPhase.Source, SourceFailures.Outside("directory", "ctx")),
        (BuildPhase.Source, Programs.Git.GitFailures.DiskFull),
        (BuildPhase.Build, BuildFailures.Syntax(4, "unknown instruction: COPPY")),
        (BuildPhase.Build, BuildFailures.Step("RUN npm test", 1)),
        (BuildPhase.Build, BuildFailures.DiskFull("build")),
        (BuildPhase.Build, RunnerFailures.DiskFull),
        (BuildPhase.Push, BuildFailures.PushDenied("registry.example/demo/app")),
        (BuildPhase.Push, BuildFailures.NoToken("registry.example")),
        (BuildPhase.Push, BuildFailures.DiskFull("push")),
    ];

    public static TheoryData<int> All => [.. Enumerable.Range(0, Mistakes.Length)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_says_the_same_everywhere(int number)
    {
        var (phase, failure) = Mistakes[number];
        Assert.True(failure.Remedy is { Length: > 0 }, $"{failure.Code} does not say what to do.");
        Assert.InRange(failure.Status, 400, 599);
        var id = await Report(phase, failure);

        var build = (await world.Server.Member.GetFromJsonAsync<BuildInfo>($"/api/v1/builds/{id}"))!;
        Assert.Equal(("failed", phase.ToString().ToLowerInvariant()), (build.State, build.Phase));
        Assert.Equal((failure.Code, failure.Sentence, failure.Remedy), Words(build.Failure!));
        await world.Faces.ShownInCli(failure.Sentence, failure.Remedy, "build", "show", $"{id}");
        await world.Faces.FailsInCli(failure.Sentence, failure.Remedy, "build", "watch", $"{id}");
        await world.Faces.ShownOnPage(failure.Sentence, failure.Remedy, $"/builds/{id}");
        var tags = await world.Server.Member.GetFromJsonAsync<Page<TagInfo>>("/api/v1/images/demo/app/tags");
        Assert.Empty(tags!.Items);
    }

    private static (string, string, string?) Words(Problem problem) => (problem.Code, problem.Title, problem.Remedy);

    /// <summary>A runner is given the build, gets so far, and reports by its own door.</summary>
    private async Task<long> Report(BuildPhase phase, Failure failure)
    {
        await world.Builds.Push("refs/heads/main", BuildWorld.Commit(100 + Random.Shared.Next()));
        var id = (await world.Builds.Builds())[^1].Id;
        using var runner = await world.Builds.StartRunner(id);
        var problem = new Problem(failure.Code, failure.Sentence, failure.Status)
        {
            Field = failure.Field,
            Remedy = failure.Remedy,
        };
        await Finish(runner, phase, problem);
        return id;
    }

    private static async Task Finish(HttpClient runner, BuildPhase phase, Problem problem)
    {
        var result = new JobResult(1, "failed", phase.ToString().ToLowerInvariant(), null, 0, [], problem, NoTimes);
        using var answer = await runner.PostAsJsonAsync("/job/v1/result", result);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static readonly Dictionary<string, long> NoTimes = [];

    public sealed class World : IAsyncLifetime
    {
        internal TestServer Server { get; private set; } = null!;
        internal Faces Faces { get; private set; } = null!;
        internal BuildWorld Builds { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Server = await TestServer.Start(
                options: options => options with { RegistryListen = "127.0.0.1:1" },
                adjust: QuietServer.NoDispatcher
            );
            Builds = await BuildWorld.Make(Server, BuildWorld.Rule());
            Faces = await Faces.Of(Server);
        }

        public ValueTask DisposeAsync()
        {
            Faces.Dispose();
            return Server.DisposeAsync();
        }
    }
}
