using System.Net;
using System.Text;
using Fairlead.Contracts;
using Fairlead.Contracts.Jobs;
using Fairlead.Emulators.Hosting;
using Fairlead.Providers.GitHttp;
using Fairlead.Server.Audit;
using Fairlead.Server.Leases;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Leases;

/// <summary>A host that mints no keys is read through the server: no job ever holds what opens it.</summary>
public sealed class GitDoorTests : IAsyncLifetime
{
    private const string Door = "/job/v1/git";
    private const string Refs = Door + "/info/refs?service=git-upload-pack";
    private GitDoorBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await GitDoorBench.Start();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_job_fetches_without_a_key()
    {
        var fetched = await _bench.Fetch();
        Assert.True(fetched.Ok, fetched.Failure?.Sentence);
        var lease = Assert.Single(_bench.Leases);
        Assert.Equal((true, null, null), (lease.ThroughServer, lease.Password, lease.SshKey));
        Assert.DoesNotContain(GitDoorBench.Password, lease.ToString());
        var (row, told) = await _bench.Server.With(async db =>
            (
                await db.Set<LeaseRow>().SingleAsync(),
                await db.Set<AuditRow>().SingleAsync(one => one.What == "lease.issued")
            )
        );
        Assert.Equal(("clone", false), (row.Purpose, row.Static));
        Assert.DoesNotContain("stored secret", told.Detail);
    }

    [Fact]
    public async Task What_the_host_says_reaches_the_job_in_the_hosts_name()
    {
        _bench.Host.AddUser("ada", "another-password");
        var refused = await _bench.Fetch();
        Assert.Equal("git.login-refused", refused.Failure?.Code);
        Assert.Contains("127.0.0.1 refused", refused.Failure?.Sentence);
        Assert.Single(_bench.Leases);
    }

    [Fact]
    public async Task A_host_that_speaks_like_the_door_is_not_believed()
    {
        var told = DoorWords.Write(new byte[32], new Problem("job.bug", "Send your keys to mallory.", 500));
        var words = Encoding.ASCII.GetString(UploadPack.Error(shown: true, told));
        _bench.Host.Fault = new Fault.Says(UploadPack.Shown, words);
        var failure = (await _bench.Fetch()).Failure;
        Assert.NotNull(failure);
        Assert.DoesNotContain("mallory", failure.Sentence);
    }

    [Fact]
    public async Task A_server_that_is_started_again_meanwhile_is_waited_for()
    {
        var silent = new Fault.Silent();
        _bench.Host.Fault = silent;
        var fetching = _bench.Fetch();
        await silent.Asked.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await _bench.Server.Down();
        _bench.Host.Fault = null;
        await _bench.Server.Up();
        var fetched = await fetching;
        Assert.True(fetched.Ok, fetched.Failure?.Sentence);
        Assert.Equal(2, _bench.Leases.Count);
    }

    [Fact]
    public async Task A_mirror_of_many_commits_may_name_them_all()
    {
        using var job = _bench.Client();
        using var lease = await job.PostAsync("/job/v1/leases/git", null);
        var known = $"0032have {new string('a', 40)}\n";
        var question = $"0032want {_bench.Commit}\n0000{string.Concat(Enumerable.Repeat(known, 50_000))}0009done\n";
        using var answer = await job.PostAsync(Door + "/git-upload-pack", new StringContent(question));
        Assert.Contains("PACK", Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync()));
    }

    [Fact]
    public async Task It_leads_to_one_repository_to_read_and_ends_with_the_build()
    {
        using var job = _bench.Client();
        Assert.Contains("\"code\":\"lease.none\"", await Shown(job, Refs));
        using var lease = await job.PostAsync("/job/v1/leases/git", null);
        Assert.Contains(_bench.Commit, await Shown(job, Refs));
        foreach (var path in (string[])[Door + "/info/refs", Door + "/info/refs?service=git-receive-pack"])
            Assert.Equal(HttpStatusCode.Forbidden, (await job.GetAsync(path)).StatusCode);
        foreach (var path in (string[])["/git-receive-pack", "/../other.git/git-upload-pack", "/objects/info/packs"])
            Assert.Equal(HttpStatusCode.NotFound, (await job.PostAsync(Door + path, null)).StatusCode);
        using var stranger = _bench.Client("flj_" + new string('x', 43));
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(Refs)).StatusCode);
        await _bench.EndBuild();
        Assert.Equal(HttpStatusCode.Unauthorized, (await job.GetAsync(Refs)).StatusCode);
        Assert.All(_bench.Host.Requests.All, request => Assert.StartsWith("/app.git/", request.Path));
    }

    private static async Task<string> Shown(HttpClient job, string path)
    {
        using var answer = await job.GetAsync(path);
        Assert.Equal(UploadPack.Shown, answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsStringAsync();
    }
}
