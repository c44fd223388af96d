using System.Net.Http.Json;
using Fairlead.Contracts.Connections;
using Fairlead.Core.Builds;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;
using Fairlead.Server.Builds;
using Fairlead.Server.Connections;
using Fairlead.Server.Events;
using Fairlead.Server.Images;
using Fairlead.Server.Leases;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Builds;

/// <summary>
/// With everything real (git over http with a password, the runner as its own process and user, the engine, the
/// registry with its tokens) a queued build of a commit becomes an image.
/// </summary>
public sealed class CommitToImageTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private readonly TempDir _dir = new();
    private PlainGitHost _host = null!;
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await PlainGitHost.Start(_dir.Sub("host"));
        _host.AddUser("ada", Password);
        await _host.AddRepository("app");
        _server = await TestServer.Start(options: plain =>
            plain with
            {
                RegistryListen = $"127.0.0.1:{FreePort.Next()}",
                Slots = 1,
            }
        );
        var rule = new NewReachRule("127.0.0.1", "127.0.0.0/8") { PlainHttp = true, Note = "test" };
        (await _server.Administrator.PostAsJsonAsync("/api/v1/reach-rules", rule)).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _host.DisposeAsync();
        _dir.Dispose();
    }

    [Fact]
    public async Task A_commit_becomes_an_image_and_its_leases_melt()
    {
        var commit = await _host.Repositories.Commit(
            "app",
            new Dictionary<string, string> { ["Dockerfile"] = "FROM scratch\nCOPY hello /\n", ["hello"] = "hello" }
        );
        var id = await Queue(commit);
        var build = await Eventually.Value(
            "the build ends",
            async () => await Find(id) is { State: not (BuildState.Queued or BuildState.Running) } ended ? ended : null,
            TimeSpan.FromMinutes(2),
            () => _server.Log.ToString() ?? ""
        );
        Assert.True(build.State == BuildState.Succeeded, $"{build.State}: {build.FailureCode} {build.FailureSentence}");
        Assert.StartsWith("sha256:", build.Digest);
        var leases = await _server.With(db => db.Set<LeaseRow>().AsNoTracking().ToListAsync());
        Assert.Equal(["clone", "push"], leases.Select(lease => lease.Purpose).Order());
        Assert.All(leases, lease => Assert.NotNull(lease.EndedAt));
    }

    private Task<BuildRow> Find(long id) =>
        _server.With(db => db.Set<BuildRow>().AsNoTracking().SingleAsync(build => build.Id == id));

    private async Task<long> Queue(string commit)
    {
        var input = new NewConnection("Code", "git-server")
        {
            Settings = new Dictionary<string, string> { ["url"] = _host.UrlOf("app").ToString(), ["username"] = "ada" },
            Secrets = new Dictionary<string, string> { ["password"] = Password },
            Scope = "public",
        };
        (await _server.Administrator.PostAsJsonAsync("/api/v1/connections", input)).EnsureSuccessStatusCode();
        var id = await _server.With(async db =>
        {
            var space = new NamespaceRow { Name = "shop" };
            var source = new SourceRow
            {
                ConnectionId = db.Set<ConnectionRow>().Single().Id,
                Repository = "",
                HookId = "h",
            };
            db.AddRange(space, source);
            await db.SaveChangesAsync();
            var image = new ImageRow
            {
                NamespaceId = space.Id,
                Name = "app",
                SourceId = source.Id,
            };
            db.Add(image);
            await db.SaveChangesAsync();
            var build = new BuildRow
            {
                ImageId = image.Id,
                Key = "k",
                Ref = "refs/heads/main",
                Commit = commit,
                Plan = new BuildPlan("/", "Dockerfile", ["1"], new Dictionary<string, string>(), [], false, 10),
                State = BuildState.Queued,
                QueuedAt = TimeProvider.System.GetUtcNow(),
            };
            db.Add(build);
            await db.SaveChangesAsync();
            return build.Id;
        });
        _server.Services.GetRequiredService<QueueSignal>().Pulse();
        return id;
    }
}
