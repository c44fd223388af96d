using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using Fairlead.Contracts.Builds;
using Fairlead.Contracts.Connections;
using Fairlead.Contracts.Images;
using Fairlead.Core.Builds;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Registry;
using Fairlead.Emulators.Tls;
using Fairlead.Server.Builds;
using Fairlead.Server.Execution.Engines;
using Fairlead.Server.Images;
using Fairlead.Tests.Contract.Engines;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Builds;

/// <summary>
/// Everything over TLS, with certificates of an authority that nobody but two connections knows: git, a registry of
/// somebody else's on another address of this machine, its token service. This instance has no registry of its own.
/// </summary>
internal sealed class TrustStage : IAsyncDisposable
{
    private const string Password = TestTokenService.Password;
    private readonly TempDir _dir = new();
    private int _keys;

    public TestAuthority Authority { get; } = new();
    public TestServer Server { get; private set; } = null!;
    public PlainGitHost Git { get; private set; } = null!;
    public RegistryHost Registry { get; private set; } = null!;
    public TestTokenService Tokens { get; private set; } = null!;

    /// <param name="engine"><c>buildkit</c> or <c>buildah</c>.</param>
    /// <param name="tokens">The registry has a token service; else it takes user and password itself.</param>
    /// <param name="git">Another certificate for the code host.</param>
    public static async Task<TrustStage> Start(string engine, bool tokens = false, X509Certificate2? git = null)
    {
        var address = HostAddresses.Own().FirstOrDefault(own => !own.StartsWith("127.", StringComparison.Ordinal));
        Assert.SkipWhen(address is null, "This machine has no address but loopback.");
        var stage = new TrustStage();
        var certificate = git ?? stage.Authority.Issue("127.0.0.1");
        stage.Git = await PlainGitHost.Start(stage._dir.Sub("git"), certificate: certificate);
        stage.Git.AddUser("robot", Password);
        await stage.Git.AddRepository("app");
        stage.Tokens = await TestTokenService.Start(stage.Authority.Issue("127.0.0.1"));
        stage.Registry = await RegistryHost.Start(
            new RegistryOptions(tokens ? stage.TokenLogin() : Basic)
            {
                Address = address,
                Certificate = stage.Authority.Issue(address),
            }
        );
        stage.Server = await TestServer.Start(options: plain => plain with { Slots = 1, Engine = engine });
        await stage.Allow("127.0.0.1");
        await stage.Allow(address);
        await stage.Connect("code", "git-server", stage.Git.UrlOf("app"));
        await stage.Connect("images", "image-registry", stage.Registry.Url);
        return stage;
    }

    public async Task<ConnectionView> Verify(string connection)
    {
        using var answer = await Server.Administrator.PostAsync($"/api/v1/connections/{connection}/verify", null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<ConnectionView>())!;
    }

    /// <summary>A person confirms the token service that the last verification proposed.</summary>
    public Task<ConnectionView> ConfirmRealm(string shown) =>
        Post<ConnectionView>("/api/v1/connections/images/confirm", new ProposalConfirmation("realm", shown));

    /// <summary>As if nobody had ever pasted the authority's certificate into it.</summary>
    public async Task Distrust(string connection)
    {
        var change = new ConnectionChange { Settings = new Dictionary<string, string> { ["ca"] = "" } };
        using var answer = await Server.Administrator.PatchAsJsonAsync($"/api/v1/connections/{connection}", change);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The image repository <c>demo/app</c>, kept in that registry as <c>team/app</c>.</summary>
    public Task<ImageInfo> AddImage() =>
        Post<ImageInfo>(
            "/api/v1/images",
            new ImageInput
            {
                Namespace = "demo",
                Name = "app",
                CreateNamespace = true,
                Connection = "code",
                TargetConnection = "images",
                TargetRepository = "team/app",
                Rules =
                [
                    new RuleInput
                    {
                        Pattern = "main",
                        Versions = ["{sha8}"],
                        Directory = "/app",
                    },
                ],
            }
        );

    public Task<string> Commit(string dockerfile, string readme = "") =>
        Git.Repositories.Commit(
            "app",
            new Dictionary<string, string>
            {
                ["app/Dockerfile"] = dockerfile,
                ["app/hello"] = "hello",
                ["readme"] = readme,
            }
        );

    /// <summary>Builds a commit to its end.</summary>
    public async Task<BuildInfo> Build(string commit)
    {
        var id = await Server.With(async db =>
        {
            var build = new BuildRow
            {
                ImageId = (await db.Set<ImageRow>().SingleAsync()).Id,
                Key = $"k{++_keys}",
                Ref = "refs/heads/main",
                Commit = commit,
                Plan = CommitStage.Plan with { Directory = "/app", Versions = [commit[..8]] },
                State = BuildState.Queued,
                QueuedAt = TimeProvider.System.GetUtcNow(),
            };
            db.Add(build);
            await db.SaveChangesAsync();
            return build.Id;
        });
        Server.Services.GetRequiredService<QueueSignal>().Pulse();
        return await Eventually.Value(
            "the build ends",
            async () =>
                await Server.Administrator.GetFromJsonAsync<BuildInfo>($"/api/v1/builds/{id}")
                    is { FinishedAt: not null } ended
                    ? ended
                    : null,
            TimeSpan.FromMinutes(2),
            () => Server.Log.ToString() ?? ""
        );
    }

    public async Task<BuildInfo> Built(string commit)
    {
        var build = await Build(commit);
        var log = await Server.Administrator.GetStringAsync($"/api/v1/builds/{build.Id}/log");
        Assert.True(build.State == "succeeded", $"{build.Failure?.Code} {build.Failure?.Title}\n{log}");
        return build;
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
        await Registry.DisposeAsync();
        await Tokens.DisposeAsync();
        await Git.DisposeAsync();
        Authority.Dispose();
        _dir.Dispose();
    }

    private static RegistryLogin Basic { get; } =
        new RegistryLogin.Basic(new Dictionary<string, string> { ["robot"] = Password });

    private RegistryLogin TokenLogin() =>
        new RegistryLogin.Token(
            Tokens.Realm,
            "registry.test",
            "test",
            _dir.Write("roots.pem", Tokens.RootCertificates)
        );

    /// <summary>Not for plain http.</summary>
    private Task Allow(string address) =>
        Post<ReachRuleInfo>("/api/v1/reach-rules", new NewReachRule(address, $"{address}/32"));

    private Task Connect(string id, string kind, Uri url) =>
        Post<ConnectionView>(
            "/api/v1/connections",
            new NewConnection(id, kind)
            {
                Id = id,
                Settings = new Dictionary<string, string>
                {
                    ["url"] = url.ToString().TrimEnd('/'),
                    ["username"] = "robot",
                    ["ca"] = Authority.Pem,
                },
                Secrets = new Dictionary<string, string> { ["password"] = Password },
            }
        );

    private async Task<T> Post<T>(string path, object body)
    {
        using var answer = await Server.Administrator.PostAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<T>())!;
    }
}
