using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Connections;
using Fairlead.Contracts.Events;
using Fairlead.Contracts.Images;
using Fairlead.Emulators.GitHub;
using Fairlead.Emulators.Hosting;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>A server, a code host with one repository, and a connection <c>code</c> between them.</summary>
internal sealed class HostWorld : IAsyncDisposable
{
    public const string Kind = "github";
    public const string Repository = "acme/shop";
    private const string Token = "ghp_adaMayDoEverything00000000000000000";
    private readonly TempDir _root = new();
    private bool _builds;
    private ManualClock? _clock;

    public GitHubHost Host { get; private set; } = null!;
    public TestServer Server { get; private set; } = null!;
    public WorkCopy Work { get; private set; } = null!;

    public GitHubRepository AtHost => Host.Repositories.Values.First();

    /// <param name="database">A PostgreSQL connection string; null for a SQLite file.</param>
    /// <param name="builds">What is pushed is built; otherwise only heard of.</param>
    public static async Task<HostWorld> Make(TimeProvider? clock = null, bool builds = false, string? database = null)
    {
        var world = new HostWorld { _builds = builds, _clock = clock as ManualClock };
        world.Host = await GitHubHost.Start(world._root);
        world.Host.AddToken(new GitHubToken(Token, "ada"));
        await world.Host.AddRepository(Repository);
        world.Work = await WorkCopy.Of(world.Host.UrlOf(Repository), "ada", Token);
        // A registry that is started waits for the clock; nothing is pushed where the time stands still.
        var port = clock is null ? FreePort.Next() : 1;
        world.Server = await TestServer.Start(
            clock,
            plain => plain with { RegistryListen = $"127.0.0.1:{port}", Slots = 1, Database = database },
            clock is null ? null : QuietServer.NoBuilds
        );
        await world.Post<ReachRuleInfo>("reach-rules", new NewReachRule("*", "127.0.0.0/8") { PlainHttp = true });
        await world.Connect();
        return world;
    }

    public Task<ConnectionView> Connect(string id = "code", string token = Token) =>
        Post<ConnectionView>(
            "connections",
            new NewConnection(id, Kind)
            {
                Id = id,
                Scope = "public",
                Settings = new Dictionary<string, string> { ["url"] = Host.Url.AbsoluteUri.TrimEnd('/') },
                Secrets = new Dictionary<string, string> { ["token"] = token },
            }
        );

    /// <summary>Binds an image repository to the host's repository.</summary>
    public Task<ImageInfo> Bind(
        string name = "app",
        string repository = Repository,
        string connection = "code",
        bool? outboundOnly = null
    ) =>
        Post<ImageInfo>(
            "images",
            new ImageInput
            {
                Namespace = "demo",
                Name = name,
                CreateNamespace = true,
                Connection = connection,
                Repository = repository,
                OutboundOnly = outboundOnly,
                Rules = _builds ? [new RuleInput { Pattern = "main", Versions = ["{branch}"] }] : [],
            }
        );

    public async Task Change(ImageChange change)
    {
        var answer = await Server.Administrator.PatchAsJsonAsync("/api/v1/images/demo/app", change);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task Unbind(string name = "app")
    {
        var answer = await Server.Administrator.DeleteAsync($"/api/v1/images/demo/{name}?force=true");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A clock that stands moves on by a second at each look: calls that failed are repeated.</summary>
    public Task<HookInfo> Hook(string state) =>
        Eventually.Value(
            $"the hook is {state}",
            async () =>
            {
                _clock?.Advance(TimeSpan.FromSeconds(1));
                return (await Get<Page<HookInfo>>("hooks")).Items.FirstOrDefault(hook => hook.State == state);
            },
            TimeSpan.FromSeconds(30),
            () => Server.Administrator.GetStringAsync("/api/v1/hooks").Result
        );

    public async Task<IReadOnlyList<EventInfo>> Events() => (await Get<Page<EventInfo>>("events")).Items;

    public async Task<T> Get<T>(string path) => (await Server.Administrator.GetFromJsonAsync<T>($"/api/v1/{path}"))!;

    public async Task<T> Post<T>(string path, object body)
    {
        var answer = await Server.Administrator.PostAsJsonAsync($"/api/v1/{path}", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<T>())!;
    }

    public async ValueTask DisposeAsync()
    {
        Work.Dispose();
        await Server.DisposeAsync();
        await Host.DisposeAsync();
        _root.Dispose();
    }
}
