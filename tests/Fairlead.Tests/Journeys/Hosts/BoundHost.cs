using Fairlead.Contracts;
using Fairlead.Contracts.Builds;
using Fairlead.Contracts.Connections;
using Fairlead.Contracts.Events;
using Fairlead.Contracts.Images;
using Fairlead.Emulators.Hosting;
using Fairlead.Tests.Contract.CodeHosts;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>A server, any code host with one repository, and a connection <c>code</c> between them.</summary>
internal sealed class BoundHost : IAsyncDisposable
{
    private readonly HostStage _stage;

    private BoundHost(HostStage stage, string repository, WorkCopy work, TestServer server)
    {
        (_stage, Repository, Work, Server) = (stage, repository, work, server);
        Api = new JsonApi(() => server.Administrator);
    }

    public string Repository { get; }
    public WorkCopy Work { get; }
    public TestServer Server { get; }
    public JsonApi Api { get; }

    /// <param name="connect">Otherwise the host is only there, and may be bound.</param>
    /// <param name="builds">What is pushed is built; otherwise only heard of.</param>
    public static async Task<BoundHost> Make(HostStage stage, bool connect = true, bool builds = true)
    {
        var (name, _) = await stage.AddRepository("acme/shop");
        var (url, user, password) = stage.Git(name);
        var work = await WorkCopy.Of(url, user, password);
        var server = await TestServer.Start(
            null,
            plain => plain with { RegistryListen = $"127.0.0.1:{(builds ? FreePort.Next() : 1)}", Slots = 1 },
            builds ? null : QuietServer.NoBuilds
        );
        var bound = new BoundHost(stage, name, work, server);
        await bound.Api.Post<ReachRuleInfo>("reach-rules", new NewReachRule("*", "127.0.0.0/8") { PlainHttp = true });
        if (connect)
            await bound.Api.Connect("code", stage);
        return bound;
    }

    /// <summary>Binds the image repository <c>demo/app</c>; without a rule, each push to main builds it.</summary>
    public Task<ImageInfo> Bind(RuleInput? rule = null) =>
        Api.Post<ImageInfo>(
            "images",
            new ImageInput
            {
                Namespace = "demo",
                Name = "app",
                CreateNamespace = true,
                Connection = "code",
                Repository = Repository,
                Rules = [rule ?? new RuleInput { Pattern = "main", Versions = ["{branch}"] }],
            }
        );

    public async Task Unbind()
    {
        var answer = await Server.Administrator.DeleteAsync("/api/v1/images/demo/app?force=true");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task<HookInfo> Hook(string state) =>
        Eventually.Value(
            $"the hook is {state}",
            async () => (await Api.Get<Page<HookInfo>>("hooks")).Items.FirstOrDefault(hook => hook.State == state),
            TimeSpan.FromSeconds(30),
            () => Server.Administrator.GetStringAsync("/api/v1/hooks").Result
        );

    /// <summary>The build of a commit, once it has ended.</summary>
    public Task<BuildInfo> Built(string commit) =>
        Eventually.Value(
            "the push is built",
            async () =>
                (await Api.Get<Page<BuildInfo>>("builds")).Items.FirstOrDefault(build =>
                    build.Commit == commit && build.FinishedAt is not null
                ),
            TimeSpan.FromMinutes(2),
            () => string.Join('\n', Server.Log.Lines.TakeLast(30))
        );

    public async Task<IReadOnlyList<EventInfo>> Events() => (await Api.Get<Page<EventInfo>>("events")).Items;

    public async ValueTask DisposeAsync()
    {
        Work.Dispose();
        await Server.DisposeAsync();
    }
}
