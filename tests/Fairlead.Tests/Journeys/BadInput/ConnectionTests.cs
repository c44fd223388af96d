using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Connections;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;
using Fairlead.Emulators.Tls;
using Fairlead.Server.Connections;
using Fairlead.Server.Credentials;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.BadInput;

/// <summary>
/// Hosts that cannot be used as they were typed, provoked for real. The verdict is kept with the connection, and the
/// same sentence and remedy stand in the answer of the API, in the command line, on the page, and in the refusal of
/// whoever then wants to list branches.
/// </summary>
public sealed class ConnectionTests : IAsyncLifetime
{
    private readonly TempDir _directory = new();
    private PlainGitHost _host = null!;
    private TestServer _server = null!;
    private Faces _faces = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await PlainGitHost.Start(_directory.Sub("git"));
        await _host.AddUser("ada", "right").AddRepository("app");
        _server = await TestServer.Start(adjust: QuietServer.NoDispatcher);
        _faces = await Faces.Of(_server);
        var rule = new NewReachRule("127.0.0.1", "127.0.0.0/8") { PlainHttp = true };
        (await _server.Administrator.PostAsJsonAsync("/api/v1/reach-rules", rule)).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _faces.Dispose();
        await _server.DisposeAsync();
        await _host.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public Task A_wrong_password() =>
        Meets(_host.UrlOf("app"), "git.login-refused", "password", "127.0.0.1 refused the user name or password.");

    [Fact]
    public Task An_unknown_host() =>
        Meets(
            new Uri("https://no-such.invalid/app.git"),
            "reach.host-unknown",
            "url",
            "There is no host named no-such.invalid."
        );

    [Fact]
    public Task A_closed_port()
    {
        var port = FreePort.Next();
        var url = new Uri($"https://127.0.0.1:{port}/app.git");
        return Meets(url, "reach.refused", "url", $"Nothing answers at port {port} of 127.0.0.1.");
    }

    [Fact]
    public async Task A_self_signed_certificate()
    {
        using var own = TestAuthority.SelfSigned("127.0.0.1");
        await using var host = await PlainGitHost.Start(_directory.Sub("tls"), certificate: own);
        await host.AddRepository("app");
        var words = "127.0.0.1 shows a certificate that it signed itself.";
        await Meets(host.UrlOf("app"), "reach.tls-self-signed", "ca", words);
    }

    [Fact]
    public Task A_web_page()
    {
        _host.Fault = new Fault.Html(OneLine: true);
        var words = "127.0.0.1 answers at this address with a web page or the like, not with Git.";
        return Meets(_host.UrlOf("app"), "git.not-a-repository", "url", words);
    }

    [Fact]
    public async Task A_host_key_that_changed()
    {
        var (key, pub) = await SshGitHost.MakeKey();
        await using var ssh = await SshGitHost.Start(_directory.Sub("ssh"), [pub]);
        await ssh.Repositories.Create("app");
        var input = new NewConnection("Bad", "git-server")
        {
            Settings = new Dictionary<string, string> { ["url"] = ssh.UrlOf("app").ToString(), ["auth"] = "key" },
            Secrets = new Dictionary<string, string> { ["sshKey"] = key },
        };
        var proposal = (await Post<ConnectionView>("connections", input)).Verdict.Proposal!;
        await Post<ConnectionView>(
            "connections/bad/confirm",
            new ProposalConfirmation(proposal.Setting, proposal.Shown)
        );
        await ssh.SwapHostKey();
        var changed = await Post<ConnectionView>("connections/bad/verify", new { });
        var words = "127.0.0.1 shows another host key than the one that was confirmed.";
        await Says(changed.Verdict, "git.host-key-changed", "hostKeys", words);
    }

    private async Task Meets(Uri url, string code, string field, string sentence)
    {
        var input = new NewConnection("Bad", "git-server")
        {
            Settings = new Dictionary<string, string> { ["url"] = url.ToString(), ["username"] = "ada" },
            Secrets = new Dictionary<string, string> { ["password"] = "wrong" },
        };
        await Says((await Post<ConnectionView>("connections", input)).Verdict, code, field, sentence);
    }

    private async Task Says(VerdictInfo verdict, string code, string field, string sentence)
    {
        Assert.Equal((code, field, sentence), (verdict.Code, verdict.Field, verdict.Sentence));
        Assert.NotNull(verdict.Remedy);
        await _faces.ShownInCli(sentence, verdict.Remedy, "connection", "show", "bad");
        await _faces.FailsInCli(sentence, verdict.Remedy, "connection", "verify", "bad");
        await _faces.ShownOnPage(sentence, verdict.Remedy, "/connections/bad");

        using var answer = await _server.Administrator.GetAsync("/api/v1/connections/bad/refs");
        var problem = (await answer.Content.ReadFromJsonAsync<Problem>())!;
        Assert.Equal((code, (int)answer.StatusCode), (problem.Code, problem.Status));
        Assert.InRange(problem.Status, 400, 599);
        await _faces.FailsInCli(problem.Title, problem.Remedy, "connection", "refs", "bad");

        using var gone = await _server.Administrator.DeleteAsync("/api/v1/connections/bad");
        Assert.True(gone.IsSuccessStatusCode);
        Assert.False(await _server.With(db => db.Set<ConnectionRow>().AnyAsync()));
        Assert.False(await _server.With(db => db.Set<CredentialRow>().AnyAsync()));
    }

    private async Task<T> Post<T>(string path, object body)
    {
        using var answer = await _server.Administrator.PostAsJsonAsync($"/api/v1/{path}", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<T>())!;
    }
}
