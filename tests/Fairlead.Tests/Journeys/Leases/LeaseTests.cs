using System.Net;
using System.Net.Http.Json;
using System.Text;
using Fairlead.Contracts;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Audit;
using Fairlead.Server.Builds;
using Fairlead.Server.Leases;
using Fairlead.Server.Vault;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Leases;

/// <summary>A job gets keys that fit its own doors, that are recorded first, and that melt when it ends.</summary>
public sealed class LeaseTests : IAsyncLifetime
{
    private LeaseBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await LeaseBench.Start();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_push_lease_opens_its_own_image_and_no_other()
    {
        var lease = await _bench.Lease(_bench.Registry, "shop/app", push: true);
        Assert.Null(await _bench.Push("shop/app:1", lease));
        Assert.Contains("denied", await _bench.Push("shop/base:1", lease));
        Assert.Contains("denied", await _bench.Push("other/app:1", lease));
    }

    [Fact]
    public async Task A_pull_lease_pulls_and_does_not_push()
    {
        var lease = await _bench.Lease(_bench.Registry, "shop/base", push: false);
        Assert.Contains("denied", await _bench.Push("shop/base:1", lease));
        Assert.Contains("unknown", await _bench.Pull("shop/base:1", lease));
        Assert.Contains("denied", await _bench.Pull("shop/app:1", lease));
    }

    [Fact]
    public async Task A_build_of_a_request_pulls_as_nobody_and_pushes_its_own_image_only()
    {
        Assert.NotEqual("", (await _bench.Lease(LeaseBench.Everyones, "library/base", push: false)).Username);
        await _bench.BecomeRequest();
        foreach (
            var (registry, repository) in new[]
            {
                (LeaseBench.Everyones, "library/base"),
                (_bench.Registry, "shop/base"),
                (_bench.Registry, "shop/app"),
            }
        )
        {
            var lease = await _bench.Lease(registry, repository, push: false);
            Assert.Equal(("", ""), (lease.Username, lease.Password));
        }
        var push = await _bench.Lease(_bench.Registry, "shop/app", push: true);
        Assert.Null(await _bench.Push("shop/app:pr-7", push));
        Assert.Contains("denied", await _bench.Push("shop/base:pr-7", push));
        var git = await _bench.Git();
        Assert.Equal("acme/app", Assert.Single(_bench.Host.Minted));
        Assert.NotNull(git.Password);
    }

    [Fact]
    public async Task A_lease_melts_when_its_build_ends()
    {
        var lease = await _bench.Lease(_bench.Registry, "shop/app", push: true);
        var result = new JobResult(1, "cancelled", "push", null, 0, [], null, new Dictionary<string, long>());
        using var told = await _bench.Job.PostAsJsonAsync("/job/v1/result", result);
        Assert.True(told.IsSuccessStatusCode);

        Assert.NotNull(await _bench.Push("shop/app:1", lease));
        using var again = await _bench.Ask(_bench.Registry, "shop/app", push: true);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.All(await Rows(), row => Assert.NotNull(row.EndedAt));
        Assert.Contains("lease.ended", (await Audit()).Select(row => row.What));
    }

    [Fact]
    public async Task What_was_minted_is_taken_back_after_the_job_even_when_the_host_was_away()
    {
        _bench.Host.Handle = "what-takes-it-back";
        await _bench.Git();
        Assert.All(await Rows(), row => Assert.Equal((true, null), (row.Revocable, row.RevokeAt)));
        _bench.Host.Fails = new Failure("reach.host-failing", "Away.", 502) { Retry = Retry.Later };
        var result = new JobResult(1, "cancelled", "push", null, 0, [], null, new Dictionary<string, long>());
        using var told = await _bench.Job.PostAsJsonAsync("/job/v1/result", result);
        await Eventually.True("it was tried", async () => (await Rows())[0].RevokeFailures == 1);
        Assert.Equal(1, await Sealed());
        _bench.Host.Fails = null;
        await _bench.Server.With(db =>
            db.Set<LeaseRow>()
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(row => row.RevokeAt, (DateTimeOffset?)DateTimeOffset.UnixEpoch)
                )
        );
        _bench.Server.Services.GetRequiredService<QueueSignal>().Pulse();
        await Eventually.True("it is taken back", async () => (await Rows()) is [{ Revocable: false, RevokeAt: null }]);
        Assert.Equal(["what-takes-it-back"], _bench.Host.Revoked);
        Assert.Equal(0, await Sealed());
    }

    private Task<int> Sealed() =>
        _bench.Server.With(db => db.Set<SealedRow>().CountAsync(row => row.Owner.StartsWith("lease/")));

    [Fact]
    public async Task The_value_of_a_lease_is_nowhere_in_the_database()
    {
        var registry = await _bench.Lease(_bench.Registry, "shop/app", push: true);
        var git = await _bench.Git();
        Assert.Equal(("ada", LendingProvider.GitPassword), (git.Username, git.Password));
        var files = Directory.GetFiles(_bench.Server.Options.Data, "fairlead.db*");
        Assert.All(files, file => Assert.Equal(-1, Find(file, registry.Password)));
        Assert.All(files, file => Assert.Equal(-1, Find(file, LendingProvider.GitPassword)));
        Assert.Contains(files, file => Find(file, "lease.issued") >= 0);
    }

    [Fact]
    public async Task Each_lease_is_recorded_with_whose_key_it_is()
    {
        await _bench.Git();
        await _bench.Lease(LeaseBench.Everyones, "team/base", push: false);
        var rows = await Rows();
        Assert.Equal(
            [("clone", "acme/app", true), ("pull", LeaseBench.Everyones + "/team/base", true)],
            rows.Select(row => (row.Purpose, row.Resource, row.Static))
        );
        Assert.All(rows, row => Assert.Null(row.Hash));
        var told = (await Audit()).Where(row => row.What == "lease.issued").Select(row => (row.Who, row.Subject));
        Assert.Equal([($"job/{_bench.BuildId}", "connection/code"), ($"job/{_bench.BuildId}", "connection/all")], told);
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_not_given()
    {
        await _bench.Server.With(db => db.Database.ExecuteSqlRawAsync("DROP TABLE audit"));
        using var git = await _bench.AskGit();
        using var registry = await _bench.Ask(_bench.Registry, "shop/app", push: true);
        foreach (var answer in (HttpResponseMessage[])[git, registry])
        {
            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
            Assert.DoesNotContain(LendingProvider.GitPassword, await answer.Content.ReadAsStringAsync());
        }
        Assert.Empty(await Rows());
    }

    [Theory]
    [InlineData("shop/base", null, "lease.not-this-image")]
    [InlineData("shop/app", "elsewhere.example", "lease.not-this-image")]
    [InlineData("shop/*", null, "lease.bad-name")]
    [InlineData("../app", null, "lease.bad-name")]
    public async Task A_job_pushes_to_its_own_image_only(string repository, string? registry, string code)
    {
        using var answer = await _bench.Ask(registry ?? _bench.Registry, repository, push: true);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<Problem>())!.Code);
    }

    [Fact]
    public async Task Only_connections_of_everyone_open_bases()
    {
        Assert.Equal("robot", (await _bench.Lease(LeaseBench.Everyones, "team/base", push: false)).Username);
        Assert.Equal("", (await _bench.Lease(LeaseBench.Somebodys, "team/base", push: false)).Username);
        Assert.Equal("", (await _bench.Lease("docker.io", "library/alpine", push: false)).Username);
        Assert.Equal("", (await _bench.Lease(_bench.Registry, "shop/unknown", push: false)).Username);
    }

    [Theory]
    [InlineData(401, HttpStatusCode.UnprocessableEntity)]
    [InlineData(410, HttpStatusCode.UnprocessableEntity)]
    [InlineData(503, HttpStatusCode.BadGateway)]
    [InlineData(422, HttpStatusCode.UnprocessableEntity)]
    public async Task A_hosts_refusal_does_not_look_like_the_servers_own(int status, HttpStatusCode seen)
    {
        _bench.Host.Fails = new Failure("test.refused", "The host refuses.", status);
        using var answer = await _bench.AskGit();
        Assert.Equal(seen, answer.StatusCode);
        Assert.Equal("test.refused", (await answer.Content.ReadFromJsonAsync<Problem>())!.Code);
    }

    private Task<List<LeaseRow>> Rows() =>
        _bench.Server.With(db => db.Set<LeaseRow>().AsNoTracking().OrderBy(row => row.Id).ToListAsync());

    private Task<List<AuditRow>> Audit() =>
        _bench.Server.With(db => db.Set<AuditRow>().AsNoTracking().OrderBy(row => row.Id).ToListAsync());

    private static int Find(string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));
    }
}
