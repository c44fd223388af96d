using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Contracts.Access;
using Fairlead.Contracts.Builds;
using Fairlead.Contracts.Connections;
using Fairlead.Contracts.Events;
using Fairlead.Contracts.Images;
using Fairlead.Contracts.Jobs;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Registry;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Journeys.Proof;

/// <summary>
/// One long journey on real parts, made once: everything is bound, then pushes are built, re-tagged, fail, and one is
/// built through a <c>kill -9</c> of the server. Meanwhile every secret that takes part is known here.
/// </summary>
public sealed class PushJourney : IAsyncLifetime
{
    /// <summary>No secret: it stands in every place that is searched, where the search has to find it.</summary>
    public const string Planted = "planted";

    private const string Dockerfile = "FROM scratch\nCOPY busybox /bin/busybox\nCOPY planted.txt /planted.txt\n";

    private readonly TempDir _directory = new();
    private readonly string _plant = $"cnry-planted-{RandomNumberGenerator.GetHexString(16)}";
    private readonly Dictionary<string, byte[]> _canaries = [];
    private PlainGitHost _host = null!;
    private SshGitHost _ssh = null!;
    private RegistryHost _outside = null!;
    private WorkCopy _work = null!;

    internal ProofServer Server { get; private set; } = null!;
    internal ProcessSampler Sampler { get; } = new();
    internal IEnumerable<(string Kind, byte[] Value)> Canaries => _canaries.Select(one => (one.Key, one.Value));
    internal string PlantedText => _plant;
    internal FormBrowser Browser { get; private set; } = null!;

    internal BuildInfo First { get; private set; } = null!;
    internal BuildInfo Unchanged { get; private set; } = null!;
    internal BuildInfo FailingStep { get; private set; } = null!;
    internal BuildInfo NoDockerfile { get; private set; } = null!;
    internal BuildInfo SyntaxError { get; private set; } = null!;
    internal BuildInfo Killed { get; private set; } = null!;
    internal BuildInfo Outside { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var password = Canary("password of a person");
        Server = await ProofServer.Start(password);
        Know("set-up link", Server.SetUpLink);
        Know("API token", Server.Token);
        _canaries["key-encryption key"] = Server.KeyEncryptionKey;
        await Bind();
        await Push();
        await BuildElsewhere();
        await SignIn(password);
        foreach (var token in Server.JobTokens)
            Know($"job token {_canaries.Count}", token);
        _canaries[Planted] = Encoding.UTF8.GetBytes(_plant);
    }

    public async ValueTask DisposeAsync()
    {
        Sampler.Dispose();
        Browser?.Dispose();
        _work?.Dispose();
        if (Server is not null)
            await Server.DisposeAsync();
        foreach (var host in new IAsyncDisposable?[] { _host, _ssh, _outside })
            if (host is not null)
                await host.DisposeAsync();
        _directory.Dispose();
    }

    private async Task Bind()
    {
        var (gitPassword, gitToken, registryPassword) = (
            Canary("git password"),
            Canary("git token"),
            Canary("registry")
        );
        var (key, pub) = await SshGitHost.MakeKey();
        Know("ssh key", key.Split('\n')[2]);
        _host = await PlainGitHost.Start(_directory.Sub("git"));
        _host.AddUser("dev", gitPassword, gitToken);
        await _host.AddRepository("app");
        _ssh = await SshGitHost.Start(_directory.Sub("ssh"), [pub]);
        await _ssh.Repositories.Create("app");
        await _ssh.Repositories.Commit("app", new Dictionary<string, string> { ["a"] = "b" });
        _outside = await RegistryHost.Start(RegistryOptions.Basic("push", registryPassword));
        _work = await WorkCopy.Of(_host.UrlOf("app"), "dev", gitPassword);

        await Server.Post<ReachRuleInfo>("/reach-rules", new NewReachRule("*", "127.0.0.0/8") { PlainHttp = true });
        await Connect("code", "git-server", _host.UrlOf("app"), ("username", "dev"), ("password", gitPassword));
        await Connect("token", "git-server", _host.UrlOf("app"), ("username", "dev"), ("password", gitToken));
        await Connect("mirror", "image-registry", _outside.Url, ("username", "push"), ("password", registryPassword));
        await Connect("ssh", "git-server", _ssh.UrlOf("app"), ("auth", "key"), ("sshKey", key));
        await Connect("wrong", "git-server", _host.UrlOf("app"), ("username", "dev"), ("password", Canary("refused")));
        var refused = await Server.Post<ConnectionView>("/connections/wrong/verify", new { });
        Assert.Equal("git.login-refused", refused.Verdict.Code);
        await AskByKey();
        var image = await Server.Post<ImageInfo>("/images", Image("app"));
        var hook = await Server.Post<HookShown>($"/sources/{image.Source!.SourceId}/hook-secret", new { });
        Know("hook secret", hook.Secret);
        _host.Hook = new PushHook(new Uri(hook.HookUrl), hook.Secret);
    }

    private async Task Push()
    {
        _work.Copy("/bin/busybox", "busybox");
        _work.Write("planted.txt", _plant + "\n");
        var shout = "RUN [\"/bin/busybox\", \"cat\", \"/planted.txt\"]\n";
        First = await Pushed(Dockerfile + $"ENV PLANTED={_plant}\n" + shout);
        Unchanged = await Server.Ended(await _work.Push("nothing new"));
        FailingStep = await Pushed(Dockerfile + "RUN [\"/bin/busybox\", \"sh\", \"-c\", \"exit 3\"]\n");
        SyntaxError = await Pushed(Dockerfile + "COPPY a b\n");
        _work.Remove("Dockerfile");
        NoDockerfile = await Server.Ended(await _work.Push("no Dockerfile"));
        await KillInTheMiddle();
    }

    private async Task KillInTheMiddle()
    {
        var slow = "RUN [\"/bin/busybox\", \"sh\", \"-c\", \"echo it began; /bin/busybox sleep 4; echo it went on\"]\n";
        _work.Write("Dockerfile", Dockerfile + slow);
        var commit = await _work.Push("slow");
        var build = await Server.Build(commit, async found => await Says(found, "it began"));
        var wish = new RegistryLeaseRequest(Server.Registry, "demo/app", Push: true);
        foreach (var token in Server.JobTokens)
        {
            using var answer = await Server.AsRunner(token, "leases/registry", wish);
            if (answer.IsSuccessStatusCode)
                Know("lease", (await answer.Content.ReadFromJsonAsync<RegistryLease>())!.Password);
        }
        await Server.KillAndStart();
        Killed = await Server.Ended(commit);
    }

    /// <summary>Whether the program in a build step has said it, not only the line of the step itself.</summary>
    internal async Task<bool> Says(BuildInfo build, string words) =>
        (await Server.BuildLog(build.Id)).Split('\n').Any(line => line.Contains(words) && !line.Contains("echo"));

    /// <summary>The same commit into a registry that wants a password of its own.</summary>
    private async Task BuildElsewhere()
    {
        var image = Image("elsewhere") with
        {
            TargetConnection = "mirror",
            TargetRepository = "app",
            Connection = "token",
        };
        await Server.Post<ImageInfo>("/images", image with { BuildOnPush = false });
        var started = await Server.Post<BuildInfo>("/images/demo/elsewhere/builds", new BuildNowInput());
        Outside = await Eventually.Value(
            "the other image is built",
            async () =>
                await Server.Get<BuildInfo>($"/builds/{started.Id}") is { FinishedAt: not null } ended ? ended : null,
            TimeSpan.FromMinutes(1)
        );
    }

    private async Task SignIn(string password)
    {
        var made = await Server.Post<PersonMade>("/people", new NewPerson("eve", "member"));
        Know("one-time link", made.Link!.Split('/')[^1]);
        Browser = new FormBrowser(Server.Url);
        Assert.Contains("Sign in", await Browser.Client.GetStringAsync(made.Link));
        await Browser.Send("/sign-in", "sign-in", ("name", ProofServer.Person), ("password", password));
        Know("session cookie", Browser.Session);
    }

    private async Task<BuildInfo> Pushed(string dockerfile)
    {
        _work.Write("Dockerfile", dockerfile);
        return await Server.Ended(await _work.Push("change"));
    }

    /// <summary>Confirms the host's key and lists its branches, so that the ssh key is used.</summary>
    private async Task AskByKey()
    {
        var seen = await Server.Post<ConnectionView>("/connections/ssh/verify", new { });
        var proposal = seen.Verdict.Proposal!;
        var answer = new ProposalConfirmation(proposal.Setting, proposal.Shown);
        await Server.Post<ConnectionView>("/connections/ssh/confirm", answer);
        Assert.Single((await Server.Get<RefsInfo>("/connections/ssh/refs")).Refs.Items);
    }

    private Task Connect(string id, string kind, Uri url, params (string Name, string Value)[] fields) =>
        Server.Post<ConnectionView>(
            "/connections",
            new NewConnection(id, kind)
            {
                Id = id,
                Scope = "public",
                Settings = fields
                    .Where(field => !IsSecret(field.Name))
                    .Append(("url", url.AbsoluteUri))
                    .ToDictionary(field => field.Item1, field => field.Item2),
                Secrets = fields.Where(field => IsSecret(field.Name)).ToDictionary(),
            }
        );

    private static bool IsSecret(string name) => name is "password" or "sshKey";

    private ImageInput Image(string name) =>
        new()
        {
            Namespace = "demo",
            Name = name,
            Summary = _plant,
            CreateNamespace = true,
            Connection = "code",
            Rules = [new RuleInput { Pattern = "main", Versions = ["{branch}", "{sha8}"] }],
        };

    /// <summary>A new secret with signs that every encoding treats in its own way.</summary>
    private string Canary(string kind)
    {
        var value = $"cnry {RandomNumberGenerator.GetHexString(24, lowercase: true)}+/=%$&\"'\\";
        Know(kind, value);
        return value;
    }

    private void Know(string kind, string value) => _canaries[kind] = Encoding.UTF8.GetBytes(value);
}
