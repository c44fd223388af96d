using Fairlead.Server.Leases;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Builds;

/// <summary>With everything real a queued build of a commit becomes an image.</summary>
public sealed class CommitToImageTests : IAsyncLifetime
{
    private CommitStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await CommitStage.Start();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_commit_becomes_an_image_and_its_leases_melt()
    {
        var commit = await _stage.Commit(("Dockerfile", "FROM scratch\nCOPY hello /\n"), ("hello", "hello"));
        var build = await _stage.Built(commit, CommitStage.Plan);
        Assert.StartsWith("sha256:", build.Digest);
        var leases = await _stage.Server.With(db => db.Set<LeaseRow>().AsNoTracking().ToListAsync());
        Assert.Equal(["clone", "push"], leases.Select(lease => lease.Purpose).Order());
        Assert.All(leases, lease => Assert.NotNull(lease.EndedAt));
    }
}
