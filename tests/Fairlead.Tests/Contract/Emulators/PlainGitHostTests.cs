using System.Net;
using System.Text;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;
using Fairlead.Emulators.Tls;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Emulators;

/// <summary>The stage itself: what a real git sees of the host that journeys push to.</summary>
public sealed class PlainGitHostTests : IDisposable
{
    private static readonly Dictionary<string, string> Hello = new() { ["hello.txt"] = "hello" };
    private readonly TempDir _dir = new();

    public void Dispose() => _dir.Dispose();

    [Fact]
    public async Task A_clone_needs_the_password()
    {
        await using var host = await Host();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => LsRemote(host, "ada:wrong"));
        Assert.Contains("Authentication failed", refused.Message);
        Assert.Contains("refs/heads/main", await LsRemote(host, "ada:right"));
        Assert.Contains("refs/heads/main", await LsRemote(host, "ada:tok"));
        Assert.Contains(host.Requests.All, request => request.User == "ada" && request.Status == 200);
    }

    [Fact]
    public async Task Permissions_hold_per_repository()
    {
        await using var host = await Host();
        host.AddUser("bob", "b").Permit("app", new GitPermissions(["bob"], ["ada"]));
        Assert.Contains("main", await LsRemote(host, "bob:b"));
        await Clone(host, "bob:b");
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Push());
        Assert.Contains("403", refused.Message);
        host.Permit("app", new GitPermissions([], []) { AnonymousRead = true });
        Assert.Contains("main", await Git.Run("/", "ls-remote", host.UrlOf("app").ToString()));
    }

    [Fact]
    public async Task A_push_is_reported_once_and_signed()
    {
        await using var host = await Host();
        await using var sink = await HookSink.Start();
        host.Hook = new PushHook(sink.Url, "key");
        await Clone(host, "ada:right");
        await Push();
        var post = Assert.Single(sink.Posts);
        Assert.Equal(BoundSource.Sign(post.Body, "key"u8.ToArray()), post.Headers["X-Hub-Signature-256"]);
        Assert.Contains("\"ref\":\"refs/heads/main\"", Encoding.UTF8.GetString(post.Body));
        Assert.Equal((int)HttpStatusCode.Accepted, Assert.Single(host.Deliveries).Status);
    }

    [Fact]
    public async Task It_misbehaves_as_told()
    {
        await using var host = await Host();
        host.Fault = new Fault.Answer(500);
        Assert.Contains("500", await Refusal(host));
        host.Fault = new Fault.Html();
        Assert.Contains("not valid", await Refusal(host));
        host.Fault = new Fault.Reset();
        await Refusal(host);
        host.Fault = null;
        Assert.Contains("main", await LsRemote(host, "ada:right"));
    }

    [Fact]
    public async Task Tls_is_trusted_through_its_authority_only()
    {
        using var authority = new TestAuthority();
        await using var host = await Host(authority.Issue("127.0.0.1", "localhost"));
        Assert.Contains("certificate", await Refusal(host));
        var pem = _dir.Write("ca.pem", authority.Pem);
        var url = WithUser(host, "ada:right");
        Assert.Contains("main", await Git.Run("/", "-c", $"http.sslCAInfo={pem}", "ls-remote", url));
    }

    private async Task<PlainGitHost> Host(
        System.Security.Cryptography.X509Certificates.X509Certificate2? certificate = null
    )
    {
        var host = await PlainGitHost.Start(_dir.Sub("repositories"), 0, certificate);
        host.AddUser("ada", "right", "tok");
        await host.AddRepository("app");
        await host.Repositories.Commit("app", Hello);
        return host;
    }

    private static string WithUser(PlainGitHost host, string user) =>
        host.UrlOf("app").ToString().Replace("://", $"://{user}@");

    private static Task<string> LsRemote(PlainGitHost host, string user) =>
        Git.Run("/", "ls-remote", WithUser(host, user));

    private static async Task<string> Refusal(PlainGitHost host) =>
        (await Assert.ThrowsAsync<InvalidOperationException>(() => LsRemote(host, "ada:right"))).Message;

    private Task<string> Clone(PlainGitHost host, string user) =>
        Git.Run(_dir, "clone", "--quiet", WithUser(host, user), "clone");

    private async Task Push()
    {
        var clone = Path.Combine(_dir, "clone");
        await Git.Run(clone, "commit", "--quiet", "--allow-empty", "--message", "more");
        await Git.Run(clone, "push", "--quiet", "origin", "main");
    }
}
