using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;
using Fairlead.Programs;
using Fairlead.Programs.Git;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Providers;

/// <summary>The hardened git against real hosts.</summary>
public sealed class GitProgramTests : IDisposable
{
    private readonly TempDir _dir = new();
    private readonly GitProgram _git;

    public GitProgramTests() => _git = new GitProgram(new ProgramRunner(TimeProvider.System), _dir.Sub("secrets"));

    public void Dispose() => _dir.Dispose();

    [Fact]
    public async Task It_reads_with_the_password_and_leaves_nothing_behind()
    {
        await using var host = await Host();
        var refs = await LsRemote(host, "right %:@/");
        Assert.Contains("refs/heads/main", refs.Value);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_dir, "secrets")));
    }

    [Fact]
    public async Task A_wrong_password_is_one_sentence()
    {
        await using var host = await Host();
        var failure = (await LsRemote(host, "wrong")).Failure!;
        Assert.Equal("git.login-refused", failure.Code);
        Assert.Equal("127.0.0.1 refused the user name or password.", failure.Sentence);
        Assert.Equal("password", failure.Field);
        Assert.NotNull(failure.Remedy);
        Assert.Equal("git.login-needed", (await LsRemote(host, null)).Failure!.Code);
    }

    [Fact]
    public async Task A_redirect_is_refused_and_the_login_stays_here()
    {
        await using var host = await Host();
        await using var thief = await Host("thief");
        host.Fault = new Fault.Redirect(thief.Url);
        Assert.Equal("reach.redirected", (await LsRemote(host, "right %:@/")).Failure!.Code);
        Assert.Empty(thief.Requests.All);
    }

    [Fact]
    public async Task Whatever_else_happens_is_named()
    {
        await using var host = await Host();
        Assert.Equal("git.repository-not-found", (await LsRemote(host, "right %:@/", "absent")).Failure!.Code);
        host.Fault = new Fault.Answer(503);
        Assert.Equal("reach.host-failing", (await LsRemote(host, "right %:@/")).Failure!.Code);
        host.Fault = new Fault.Html();
        Assert.Equal("git.not-a-repository", (await LsRemote(host, "right %:@/")).Failure!.Code);
        host.Fault = new Fault.Reset();
        Assert.Equal("reach.cut-off", (await LsRemote(host, "right %:@/")).Failure!.Code);
        host.Fault = new Fault.Slow(TimeSpan.FromSeconds(30));
        Assert.Equal("reach.timed-out", (await LsRemote(host, "right %:@/", seconds: 1)).Failure!.Code);
    }

    [Fact]
    public async Task The_pinned_address_is_the_one_connected_to()
    {
        await using var host = await Host();
        var url = $"http://pinned.example:{host.Url.Port}/app.git";
        var remote = new GitRemote(new RepositoryAddress(url, null, null), Login("right %:@/"), "127.0.0.1");
        var refs = await _git.Run(new GitCall("ls-remote", []) { Remote = remote }, CancellationToken.None);
        Assert.Contains("refs/heads/main", refs.Value);
    }

    [Fact]
    public async Task Words_of_strangers_never_become_options()
    {
        await using var host = await Host();
        var marker = _dir["marker"];
        var remote = Remote(host, "right %:@/", "app");
        var call = new GitCall("ls-remote", []) { Remote = remote, Operands = [$"--upload-pack=touch {marker}"] };
        await _git.Run(call, CancellationToken.None);
        Assert.False(File.Exists(marker));
        // The control: where git reads options, the same words are run.
        var words = $"--upload-pack=touch {marker};";
        await Assert.ThrowsAsync<InvalidOperationException>(() => Git.Run(_dir, "ls-remote", words, _dir.Sub("x")));
        Assert.True(File.Exists(marker));
    }

    [Fact]
    public async Task Ssh_takes_the_key_and_the_pinned_host_keys_only()
    {
        var (key, pub) = await SshGitHost.MakeKey();
        var (other, _) = await SshGitHost.MakeKey();
        await using var host = await SshGitHost.Start(_dir.Sub("ssh"), [pub]);
        await host.Repositories.Create("app");
        await host.Repositories.Commit("app", new Dictionary<string, string> { ["a"] = "b" });

        Assert.Contains("refs/heads/main", (await Ssh(host, key, host.KnownHostsLine)).Value);
        Assert.Equal("git.repository-not-found", (await Ssh(host, key, host.KnownHostsLine, "no")).Failure!.Code);
        Assert.Equal("git.key-refused", (await Ssh(host, other, host.KnownHostsLine)).Failure!.Code);
        Assert.Equal("git.host-key-unknown", (await Ssh(host, key, null)).Failure!.Code);
        var old = host.KnownHostsLine;
        await host.SwapHostKey();
        Assert.Equal("git.host-key-changed", (await Ssh(host, key, old)).Failure!.Code);
    }

    private Task<Outcome<string>> Ssh(SshGitHost host, string key, string? known, string name = "app")
    {
        var address = new RepositoryAddress(host.UrlOf(name).ToString(), null, known);
        var credential = new GitCredential(null, null, new Secret(key), true, null);
        var remote = new GitRemote(address, credential, "127.0.0.1");
        return _git.Run(new GitCall("ls-remote", []) { Remote = remote }, CancellationToken.None);
    }

    private async Task<PlainGitHost> Host(string root = "repositories")
    {
        var host = await PlainGitHost.Start(_dir.Sub(root));
        host.AddUser("ada", "right %:@/");
        await host.AddRepository("app");
        await host.Repositories.Commit("app", new Dictionary<string, string> { ["a"] = "b" });
        return host;
    }

    private static GitCredential? Login(string? password) =>
        password is null ? null : new GitCredential("ada", new Secret(password), null, true, null);

    private static GitRemote Remote(PlainGitHost host, string? password, string name) =>
        new(new RepositoryAddress(host.UrlOf(name).ToString(), null, null), Login(password), "127.0.0.1");

    private Task<Outcome<string>> LsRemote(
        PlainGitHost host,
        string? password,
        string name = "app",
        int seconds = 20
    ) =>
        _git.Run(
            new GitCall("ls-remote", [])
            {
                Remote = Remote(host, password, name),
                Timeout = TimeSpan.FromSeconds(seconds),
            },
            CancellationToken.None
        );
}
