using System.Collections.Concurrent;
using System.Text;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;
using Fairlead.Programs.Git;
using Fairlead.Providers;
using Fairlead.Providers.GitHttp;
using Fairlead.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Tests.Contract.Providers;

/// <summary>Refs that we ask for ourselves are those that git lists; no other answer is taken for a list.</summary>
public sealed class SmartHttpTests : IDisposable
{
    private const string A = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string B = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private readonly TempDir _dir = new();
    private readonly Outside _outside = Outside.Of(TimeProvider.System);

    public void Dispose() => _dir.Dispose();

    [Fact]
    public async Task What_git_lists_is_listed_and_the_same_answer_is_not_read_again()
    {
        await using var host = await PlainGitHost.Start(_dir.Sub("git"));
        await host.AddUser("ada", "right").AddRepository("app");
        await host.Repositories.Commit("app", new Dictionary<string, string> { ["a"] = "b" });
        await host.Repositories.Commit("app", new Dictionary<string, string> { ["a"] = "c" }, "feature/x");
        await host.Repositories.Tag("app", "v1");
        var path = host.Repositories.PathOf("app");
        await Git.Run(path, "tag", "-a", "-m", "note", "v2", "main");
        await Git.Run(path, "update-ref", "refs/pull/1/head", "main");
        var question = Of(host.UrlOf("app"), new GitCredential("ada", new Secret("right"), null, true, null));

        var listed = (await Ask(question)).Value;
        var byGit = (await LsRemote.Run(_outside.Git, Remote(question), TimeSpan.FromSeconds(20), default)).Value;
        Assert.Equal(byGit.Heads.ToHashSet(), listed.Heads.ToHashSet());
        Assert.Equal((4, "main"), (listed.Heads.Count, listed.DefaultBranch));

        host.Requests.Clear();
        var again = (await Ask(question with { Known = listed.Mark })).Value;
        Assert.True(again.IsSame);
        Assert.Equal("POST /app.git/git-upload-pack", Assert.Single(host.Requests.All.Select(Line)));
        await Git.Run(path, "update-ref", "refs/heads/late", "main");
        var changed = (await Ask(question with { Known = listed.Mark })).Value;
        Assert.Equal((false, 5), (changed.IsSame, changed.Heads.Count));
        Assert.NotEqual(listed.Mark, changed.Mark);
    }

    [Fact]
    public async Task Hosts_of_the_older_protocol_are_understood()
    {
        var abilities = "multi_ack symref=HEAD:refs/heads/main agent=old";
        await using var host = await Fake(
            Shown(
                $"{A} HEAD\0{abilities}",
                $"{A} refs/heads/main",
                $"{B} refs/pull/1/head",
                $"{B} refs/tags/v1",
                $"{A} refs/tags/v1^{{}}"
            )
        );
        var listed = (await Ask(Of(host.Url))).Value;
        Assert.Equal("main", listed.DefaultBranch);
        Assert.Equal(
            [("refs/heads/main", A), ("refs/tags/v1", A)],
            listed.Heads.Select(head => (head.Ref.Full, head.Commit.Value))
        );
        Assert.True((await Ask(Of(host.Url) with { Known = listed.Mark })).Value.IsSame);
        host.First = Shown($"{Commits.None} capabilities^{{}}\0{abilities}");
        Assert.Empty((await Ask(Of(host.Url))).Value.Heads);
        host.First =
            Pkt.Line("# service=git-upload-pack")
            + Pkt.Flush
            + Pkt.Line("version 1")
            + Pkt.Line($"{A} refs/heads/x")
            + Pkt.Flush;
        Assert.Single((await Ask(Of(host.Url))).Value.Heads);
    }

    /// <summary>A list that is cut off would look like deleted refs, and must never be taken for one.</summary>
    [Theory]
    [InlineData("", "reach.cut-off")]
    [InlineData("003d", "reach.cut-off")]
    [InlineData("00", "reach.cut-off")]
    [InlineData("zzzz", "git.not-a-repository")]
    [InlineData("0002", "git.not-a-repository")]
    [InlineData("0001", "git.not-a-repository")]
    [InlineData("fff1", "git.not-a-repository")]
    [InlineData("00000000", "git.not-a-repository")]
    [InlineData("000ahello\n0000", "git.not-a-repository")]
    [InlineData("0016short refs/heads/x0000", "git.not-a-repository")]
    [InlineData("001fERR access denied or no such0000", "git.failed")]
    [InlineData("001cERR repository not found0000", "git.repository-not-found")]
    public async Task An_answer_that_is_none_says_so(string end, string code)
    {
        var good = Pkt.Line($"{A} refs/heads/main");
        await using var host = await Fake(Shown2("object-format=sha1"), good + end);
        Assert.Equal(code, (await Ask(Of(host.Url))).Failure?.Code);
        host.Second = good + Pkt.Flush;
        Assert.Single((await Ask(Of(host.Url))).Value.Heads);
    }

    [Fact]
    public async Task What_no_ref_of_ours_may_be_called_is_left_out_and_too_many_are_refused()
    {
        await using var host = await Fake(
            Shown2(),
            Pkt.Line($"{A} refs/heads/-x")
                + Pkt.Line($"{A} refs/heads/a..b")
                + Pkt.Line($"{A} refs/notes/n")
                + Pkt.Flush
        );
        Assert.Empty((await Ask(Of(host.Url))).Value.Heads);
        Assert.DoesNotContain("object-format", host.Asked.Last());
        var line = Pkt.Line($"{A} refs/heads/x");
        host.Second = string.Concat(Enumerable.Repeat(line, 400_001)) + Pkt.Flush;
        Assert.Equal("git.too-many-refs", (await Ask(Of(host.Url))).Failure?.Code);
        host.Second = new string('0', 33 * 1024 * 1024);
        Assert.Equal("git.too-many-refs", (await Ask(Of(host.Url))).Failure?.Code);
    }

    [Theory]
    [InlineData(401, false, "git.login-needed")]
    [InlineData(401, true, "git.login-refused")]
    [InlineData(403, true, "git.forbidden")]
    [InlineData(404, true, "git.repository-not-found")]
    [InlineData(410, true, "git.repository-not-found")]
    [InlineData(302, true, "reach.redirected")]
    [InlineData(500, true, "reach.host-failing")]
    [InlineData(429, true, "reach.host-failing")]
    public async Task Refusals_have_the_words_that_git_gets(int status, bool signedIn, string code)
    {
        await using var host = await Fake("", status: status);
        var login = signedIn ? new GitCredential("ada", new Secret("x"), null, true, null) : GitCredential.Anonymous;
        var question = Of(host.Url, login);
        var ours = (await Ask(question)).Failure!;
        var gits = (await LsRemote.Run(_outside.Git, Remote(question), TimeSpan.FromSeconds(20), default)).Failure!;
        Assert.Equal((code, gits.Sentence), (ours.Code, ours.Sentence));
    }

    private static string Line(Recorded request) => $"{request.Method} {request.Path}";

    private Task<Outcome<RefList>> Ask(RefQuestion question) => RemoteRefs.List(_outside, question, default);

    private static RefQuestion Of(Uri url, GitCredential? credential = null) =>
        new(
            new RepositoryAddress(url.ToString().TrimEnd('/'), null, null),
            credential ?? GitCredential.Anonymous,
            Reach.Loopback
        );

    private static GitRemote Remote(RefQuestion question) => new(question.Address, question.Credential, null);

    private static string Shown(params string[] lines) =>
        Pkt.Line("# service=git-upload-pack") + Pkt.Flush + string.Concat(lines.Select(Pkt.Line)) + Pkt.Flush;

    private static string Shown2(params string[] more) =>
        string.Concat(new[] { "version 2", "agent=git/2", "ls-refs" }.Concat(more).Select(Pkt.Line)) + Pkt.Flush;

    private static Task<FakeGit> Fake(string first, string second = "", int status = 200) =>
        FakeGit.Start(first, second, status);

    /// <summary>Answers what the test says.</summary>
    private sealed class FakeGit : IAsyncDisposable
    {
        private WebApplication _app = null!;

        public Uri Url { get; private set; } = null!;
        public string First { get; set; } = "";
        public string Second { get; set; } = "";
        public ConcurrentQueue<string> Asked { get; } = new();

        public static async Task<FakeGit> Start(string first, string second, int status)
        {
            var host = new FakeGit { First = first, Second = second };
            (host._app, var url) = await Web.Start(http => host.Answer(http, status));
            host.Url = new Uri(url, "app.git");
            return host;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task Answer(HttpContext http, int status)
        {
            var isFirst = http.Request.Method == "GET";
            using var reader = new StreamReader(http.Request.Body);
            Asked.Enqueue(await reader.ReadToEndAsync());
            http.Response.StatusCode = status;
            if (status == 302)
                http.Response.Headers.Location = "http://127.0.0.1:1/";
            http.Response.ContentType = $"application/x-git-upload-pack-{(isFirst ? "advertisement" : "result")}";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(isFirst ? First : Second));
        }
    }
}
