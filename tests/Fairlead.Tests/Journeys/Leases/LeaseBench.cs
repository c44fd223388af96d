using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Builds;
using Fairlead.Core.Connections;
using Fairlead.Core.Providers;
using Fairlead.Emulators.Hosting;
using Fairlead.Programs;
using Fairlead.Server.Access;
using Fairlead.Server.Builds;
using Fairlead.Server.Builds.Jobs;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Images;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Leases;

/// <summary>
/// A server with its registry, two images, and a running build of the first whose job token is known.
/// </summary>
internal sealed class LeaseBench : IAsyncDisposable
{
    public const string Everyones = "everyones.example:5000";
    public const string Somebodys = "somebodys.example:5000";

    private LeaseBench(TestServer server) => Server = server;

    public TestServer Server { get; }

    public LendingProvider Host { get; private init; } = null!;

    public HttpClient Job { get; private set; } = null!;

    public long BuildId { get; private set; }

    public string Registry => Server.Options.RegistryListen;

    public static async Task<LeaseBench> Start()
    {
        var host = new LendingProvider();
        var server = await TestServer.Start(
            options: plain => plain with { RegistryListen = $"127.0.0.1:{FreePort.Next()}" },
            adjust: services => services.AddSingleton<IReadOnlyList<IProvider>>([host])
        );
        var bench = new LeaseBench(server) { Host = host };
        var (token, hash) = JobToken.New();
        bench.BuildId = await server.With(db => Fill(db, hash));
        bench.Job = JobDoor(server.Options.JobSocket, token.Reveal());
        return bench;
    }

    /// <summary>The build was of a pull request all along.</summary>
    public Task BecomeRequest() =>
        Server.With(db =>
            db.Set<BuildRow>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Ref, "refs/pull/7/head"))
        );

    public async Task<GitLease> Git() => await Read<GitLease>(await AskGit());

    public Task<HttpResponseMessage> AskGit() => Job.PostAsync("/job/v1/leases/git", null);

    public async Task<RegistryLease> Lease(string registry, string repository, bool push) =>
        await Read<RegistryLease>(await Ask(registry, repository, push));

    public Task<HttpResponseMessage> Ask(string registry, string repository, bool push) =>
        Job.PostAsJsonAsync("/job/v1/leases/registry", new RegistryLeaseRequest(registry, repository, push));

    /// <summary>skopeo's complaint, or null when it could push a small image.</summary>
    public Task<string?> Push(string image, RegistryLease lease) =>
        Skopeo(
            "copy",
            "--dest-tls-verify=false",
            $"--dest-creds={lease.Username}:{lease.Password}",
            "oci:" + Layout(),
            $"docker://{Registry}/{image}"
        );

    /// <summary>skopeo's complaint, or null when it could read the image.</summary>
    public Task<string?> Pull(string image, RegistryLease lease) =>
        Skopeo(
            "inspect",
            "--tls-verify=false",
            $"--creds={lease.Username}:{lease.Password}",
            $"docker://{Registry}/{image}"
        );

    public ValueTask DisposeAsync()
    {
        Job.Dispose();
        return Server.DisposeAsync();
    }

    /// <summary>A client of the Unix socket, the only door that jobs come in by.</summary>
    public static HttpClient JobDoor(string path, string token)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancel) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        var client = new HttpClient(handler) { BaseAddress = new Uri("http://fairlead/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private string Layout()
    {
        var layout = Server.Directory["layout"];
        if (!Directory.Exists(layout))
            TinyImage.Write(layout, "one");
        return layout;
    }

    private async Task<string?> Skopeo(params string[] arguments)
    {
        var call = new ProgramCall("skopeo", arguments)
        {
            Environment = new Dictionary<string, string> { ["HOME"] = Server.Directory["home"] },
        };
        var run = await new ProgramRunner(TimeProvider.System).Run(call, TestContext.Current.CancellationToken);
        Assert.True(run.Ok, run.Failure?.Sentence);
        return run.Value.Ok ? null : run.Value.Error;
    }

    private static async Task<T> Read<T>(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            return (await answer.Content.ReadFromJsonAsync<T>())!;
        }
    }

    private static async Task<long> Fill(FairleadDb db, byte[] jobToken)
    {
        var owner = db.Set<PersonRow>().First().Id;
        var host = Connection("code", ScopeOfUse.Private, "none.example", owner);
        db.AddRange(
            host,
            Connection("all", ScopeOfUse.Public, Everyones, owner),
            Connection("mine", ScopeOfUse.Private, Somebodys, owner)
        );
        var space = new NamespaceRow { Name = "shop" };
        db.Add(space);
        await db.SaveChangesAsync();
        var source = new SourceRow
        {
            ConnectionId = host.Id,
            Repository = "acme/app",
            HookId = "h",
        };
        db.Add(source);
        await db.SaveChangesAsync();
        var image = new ImageRow
        {
            NamespaceId = space.Id,
            Name = "app",
            SourceId = source.Id,
        };
        db.AddRange(image, new ImageRow { NamespaceId = space.Id, Name = "base" });
        await db.SaveChangesAsync();
        var build = new BuildRow
        {
            ImageId = image.Id,
            Key = "k",
            Ref = "refs/heads/main",
            Commit = new string('a', 40),
            Plan = new BuildPlan("/", "Dockerfile", ["1"], new Dictionary<string, string>(), [], false, 60),
            State = BuildState.Running,
            StartedAt = TimeProvider.System.GetUtcNow(),
            Attempt = 1,
            JobTokenHash = jobToken,
        };
        db.Add(build);
        await db.SaveChangesAsync();
        return build.Id;
    }

    private static ConnectionRow Connection(string slug, ScopeOfUse scope, string host, long owner) =>
        new()
        {
            Slug = slug,
            Name = slug,
            Kind = "lending",
            Scope = scope,
            OwnerId = owner,
            Settings = new Dictionary<string, string> { ["host"] = host },
        };
}
