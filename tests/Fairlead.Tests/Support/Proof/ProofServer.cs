using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Fairlead.Contracts;
using Fairlead.Contracts.Access;
using Fairlead.Contracts.Builds;
using Fairlead.Server.Execution;

namespace Fairlead.Tests.Support.Proof;

/// <summary>
/// The real server program, which logs everything it can, set up as a newcomer does: with the link it prints.
/// </summary>
internal sealed partial class ProofServer : IAsyncDisposable
{
    public const string Person = "ada";
    private readonly TokenTap _tap;
    private readonly ServerProcess _process;
    private string _past = "";

    private ProofServer(TokenTap tap, ServerProcess process) => (_tap, _process) = (tap, process);

    /// <summary>Signed in by token as the administrator; long answers are waited for.</summary>
    public HttpClient Api => _process.Client;

    public Uri Url => _process.Url;

    /// <summary>Host and port of its registry.</summary>
    public string Registry => _process.Registry;

    public string Token { get; private set; } = "";

    public string SetUpLink { get; private set; } = "";

    public string Data => _process.Data;

    public byte[] KeyEncryptionKey =>
        Convert.FromBase64String(File.ReadLines(_process.KeyFile).Last(line => line[0] != '#').Split(' ')[1]);

    /// <summary>Where runners and engines work; on disk, run, tmpfs.</summary>
    public IReadOnlyList<string> Places => LeftPlaces.Of(_process.Options);

    /// <summary>All it has printed, also before it was killed.</summary>
    public string Log => _past + _process.Log;

    public IReadOnlyList<string> JobTokens => _tap.Tokens;

    public static async Task<ProofServer> Start(string password)
    {
        var tap = await TokenTap.Make();
        var loud = StartupHook.With(StartupHook.Loud);
        var process = await ServerProcess.Start(loud, null, "--slots", "1", "--runner", tap.Program);
        var server = new ProofServer(tap, process);
        await server.SetUp(password);
        return server;
    }

    public async Task KillAndStart()
    {
        _past += _process.Log;
        await _process.Kill();
        await _process.Start();
    }

    public async Task<T> Post<T>(string path, object body)
    {
        using var answer = await Api.PostAsJsonAsync($"/api/v1{path}", body);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<T>())!;
    }

    public async Task<T> Get<T>(string path) => (await Api.GetFromJsonAsync<T>($"/api/v1{path}"))!;

    public Task<string> BuildLog(long build) => Api.GetStringAsync($"/api/v1/builds/{build}/log");

    /// <summary>The build of a commit, once it is so far.</summary>
    public Task<BuildInfo> Build(string commit, Func<BuildInfo, Task<bool>> soFar) =>
        Eventually.Value(
            $"a build of {commit} gets on",
            async () =>
            {
                var builds = await Get<Page<BuildInfo>>("/builds?size=50");
                var found = builds.Items.FirstOrDefault(build => build.Commit == commit);
                return found is not null && await soFar(found) ? found : null;
            },
            TimeSpan.FromMinutes(2),
            () => string.Join('\n', Log.Split('\n').Where(line => line.Contains("Fairlead.")).TakeLast(20))
        );

    public Task<BuildInfo> Ended(string commit) =>
        Build(commit, build => Task.FromResult(build.FinishedAt is not null));

    /// <summary>Speaks to the door of the runners as the runner with this token.</summary>
    public async Task<HttpResponseMessage> AsRunner(string token, string path, object body)
    {
        var socket = new UnixDomainSocketEndPoint(MachinePaths.Of(_process.Options).JobSocket);
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancel) =>
            {
                var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await client.ConnectAsync(socket, cancel);
                return new NetworkStream(client, ownsSocket: true);
            },
        };
        using var runner = new HttpClient(handler) { BaseAddress = new Uri("http://jobs/") };
        runner.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await runner.PostAsJsonAsync($"job/v1/{path}", body);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _tap.Dispose();
    }

    private async Task SetUp(string password)
    {
        SetUpLink = await Eventually.Value(
            "it prints the set-up link",
            () => Task.FromResult(Link().Match(Log) is { Success: true } found ? found.Groups["secret"].Value : null)
        );
        var signedIn = await Post<SignedIn>("/setup", new SetUpRequest(SetUpLink, Person, password));
        Token = signedIn.Token;
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    [GeneratedRegex(@"/link/(?<secret>\w+)")]
    private static partial Regex Link();
}
