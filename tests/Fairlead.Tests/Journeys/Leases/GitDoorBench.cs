using Fairlead.Contracts.Connections;
using Fairlead.Contracts.Images;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;
using Fairlead.Emulators.Git;
using Fairlead.Programs;
using Fairlead.Programs.Git;
using Fairlead.Runner.Logs;
using Fairlead.Runner.Sources;
using Fairlead.Runner.Talk;
using Fairlead.Server.Builds;
using Fairlead.Server.Builds.Jobs;
using Fairlead.Server.Images;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Leases;

/// <summary>
/// A Git server whose repository <c>app</c> only ada may read, a server that has her password, a running build of an
/// image bound to it, and git as its runner starts it.
/// </summary>
internal sealed class GitDoorBench : IAsyncDisposable
{
    public const string Password = "correct-horse-battery";
    private readonly TempDir _dir = new();
    private Secret _token = null!;

    public PlainGitHost Host { get; private set; } = null!;
    public TestServer Server { get; private set; } = null!;
    public string Commit { get; private set; } = "";

    /// <summary>What the job was given at each asking.</summary>
    public List<GitLease> Leases { get; } = [];

    public static async Task<GitDoorBench> Start()
    {
        var bench = new GitDoorBench();
        bench.Host = await PlainGitHost.Start(bench._dir.Sub("host"));
        bench.Host.AddUser("ada", Password);
        foreach (var name in (string[])["app", "other"])
            await bench.Host.AddRepository(name, new GitPermissions(["ada"], ["ada"]));
        bench.Commit = await bench.Push("one");
        bench.Server = await TestServer.Start(
            null,
            plain => plain with { RegistryListen = "127.0.0.1:1" },
            QuietServer.NoDispatcher
        );
        await bench.Fill();
        return bench;
    }

    public Task<string> Push(string text) =>
        Host.Repositories.Commit("app", new Dictionary<string, string> { ["file"] = text });

    /// <param name="server">Where the job finds its server; null for where it is.</param>
    public async Task<Outcome<Done>> Fetch(string? server = null)
    {
        var (http, address) = JobAddress.Open(Address);
        using var job = new JobClient(http, address, _token, TimeProvider.System);
        var source = new JobSource("k", Host.UrlOf("app").ToString(), "refs/heads/main", Commit, null, null, null);
        var way = new WayToHost(source, Lease, new WayToServer(server ?? Address, _token), new JobMask());
        return await way.Go(Git, TestContext.Current.CancellationToken);

        async Task<Outcome<GitLease>> Lease(CancellationToken cancel)
        {
            var lease = await job.LeaseGit(cancel);
            if (lease.Ok)
                Leases.Add(lease.Value);
            return lease;
        }
    }

    public string Address => $"unix:{Server.Options.JobSocket}";

    /// <summary>A client of the door, as the job or as somebody.</summary>
    public HttpClient Client(string? token = null) =>
        LeaseBench.JobDoor(Server.Options.JobSocket, token ?? _token.Reveal());

    public Task EndBuild() =>
        Server.With(db =>
            db.Set<BuildRow>().ExecuteUpdateAsync(set => set.SetProperty(row => row.State, BuildState.Cancelled))
        );

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Host.DisposeAsync();
        _dir.Dispose();
    }

    private async Task<Outcome<Done>> Git(GitRemote remote)
    {
        var git = new GitProgram(new ProgramRunner(TimeProvider.System), _dir.Sub("secrets"));
        var bare = _dir.Sub("bare");
        var cancel = TestContext.Current.CancellationToken;
        await git.Run(new GitCall("init", ["--quiet", "--bare"]) { GitDirectory = bare }, cancel);
        var fetch = new GitCall("fetch", ["--quiet", "--depth=1"])
        {
            GitDirectory = bare,
            Remote = remote,
            Operands = [$"+{Commit}:refs/kept"],
        };
        return (await git.Run(fetch, cancel)).Map(_ => Done.It);
    }

    private async Task Fill()
    {
        var api = new JsonApi(() => Server.Administrator);
        await api.Post<ReachRuleInfo>("reach-rules", new NewReachRule("*", "127.0.0.0/8") { PlainHttp = true });
        await api.Post<ConnectionView>(
            "connections",
            new NewConnection("code", "git-server")
            {
                Id = "code",
                Settings = new Dictionary<string, string>
                {
                    ["url"] = Host.UrlOf("app").ToString(),
                    ["auth"] = "password",
                    ["username"] = "ada",
                },
                Secrets = new Dictionary<string, string> { ["password"] = Password },
            }
        );
        await api.Post<ImageInfo>(
            "images",
            new ImageInput
            {
                Namespace = "demo",
                Name = "app",
                CreateNamespace = true,
                Connection = "code",
            }
        );
        (_token, var hash) = JobToken.New();
        await Server.With(async db =>
        {
            var image = await db.Set<ImageRow>().FirstAsync();
            db.Add(
                new BuildRow
                {
                    ImageId = image.Id,
                    Key = "k",
                    Ref = "refs/heads/main",
                    Commit = Commit,
                    Plan = new BuildPlan("/", "Dockerfile", ["1"], new Dictionary<string, string>(), [], false, 60),
                    State = BuildState.Running,
                    StartedAt = TimeProvider.System.GetUtcNow(),
                    Attempt = 1,
                    JobTokenHash = hash,
                }
            );
            return await db.SaveChangesAsync();
        });
    }
}
