using System.Net.Http.Json;
using Fairlead.Contracts.Connections;
using Fairlead.Core.Builds;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;
using Fairlead.Server.Builds;
using Fairlead.Server.Connections;
using Fairlead.Server.Events;
using Fairlead.Server.Images;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Builds;

/// <summary>
/// Everything real: git over http with a password, the runner as its own process and user, the engine, the registry
/// with its tokens; and one image repository, <c>shop/app</c>, bound to the repository <c>app</c>.
/// </summary>
internal sealed class CommitStage : IAsyncDisposable
{
    private const string Password = "correct horse battery";
    private readonly TempDir _dir = new();
    private PlainGitHost _host = null!;
    private int _keys;

    public TestServer Server { get; private set; } = null!;

    public static BuildPlan Plan { get; } =
        new("/", "Dockerfile", ["1"], new Dictionary<string, string>(), [], NoCache: false, 10);

    public static async Task<CommitStage> Start()
    {
        var stage = new CommitStage();
        stage._host = await PlainGitHost.Start(stage._dir.Sub("host"));
        stage._host.AddUser("ada", Password);
        await stage._host.AddRepository("app");
        stage.Server = await TestServer.Start(options: plain =>
            plain with
            {
                RegistryListen = $"127.0.0.1:{FreePort.Next()}",
                Slots = 1,
            }
        );
        await stage.Bind();
        return stage;
    }

    public Task<string> Commit(params (string Path, string Content)[] files) =>
        _host.Repositories.Commit("app", files.ToDictionary(file => file.Path, file => file.Content));

    /// <summary>Builds a commit, and fails the test with the server's log when that does not succeed.</summary>
    public async Task<BuildRow> Built(string commit, BuildPlan plan)
    {
        var id = await Queue(commit, plan);
        var build = await Eventually.Value(
            "the build ends",
            async () => await Find(id) is { State: not (BuildState.Queued or BuildState.Running) } ended ? ended : null,
            TimeSpan.FromMinutes(2),
            () => Server.Log.ToString() ?? ""
        );
        Assert.True(build.State == BuildState.Succeeded, $"{build.State}: {build.FailureCode} {build.FailureSentence}");
        return build;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _host.DisposeAsync();
        _dir.Dispose();
    }

    private async Task Bind()
    {
        var rule = new NewReachRule("127.0.0.1", "127.0.0.0/8") { PlainHttp = true, Note = "test" };
        (await Server.Administrator.PostAsJsonAsync("/api/v1/reach-rules", rule)).EnsureSuccessStatusCode();
        var input = new NewConnection("Code", "git-server")
        {
            Settings = new Dictionary<string, string> { ["url"] = _host.UrlOf("app").ToString(), ["username"] = "ada" },
            Secrets = new Dictionary<string, string> { ["password"] = Password },
            Scope = "public",
        };
        (await Server.Administrator.PostAsJsonAsync("/api/v1/connections", input)).EnsureSuccessStatusCode();
        await Server.With(async db =>
        {
            var space = new NamespaceRow { Name = "shop" };
            var connection = await db.Set<ConnectionRow>().SingleAsync();
            var source = new SourceRow
            {
                ConnectionId = connection.Id,
                Repository = "",
                HookId = "h",
            };
            db.AddRange(space, source);
            await db.SaveChangesAsync();
            db.Add(
                new ImageRow
                {
                    NamespaceId = space.Id,
                    Name = "app",
                    SourceId = source.Id,
                }
            );
            return await db.SaveChangesAsync();
        });
    }

    private Task<BuildRow> Find(long id) =>
        Server.With(db => db.Set<BuildRow>().AsNoTracking().SingleAsync(build => build.Id == id));

    private async Task<long> Queue(string commit, BuildPlan plan)
    {
        var id = await Server.With(async db =>
        {
            var build = new BuildRow
            {
                ImageId = (await db.Set<ImageRow>().SingleAsync()).Id,
                Key = $"k{++_keys}",
                Ref = "refs/heads/main",
                Commit = commit,
                Plan = plan,
                State = BuildState.Queued,
                QueuedAt = TimeProvider.System.GetUtcNow(),
            };
            db.Add(build);
            await db.SaveChangesAsync();
            return build.Id;
        });
        Server.Services.GetRequiredService<QueueSignal>().Pulse();
        return id;
    }
}
