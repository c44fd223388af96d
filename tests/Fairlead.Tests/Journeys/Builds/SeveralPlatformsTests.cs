using System.Net;
using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Images;
using Fairlead.Core.Builds;
using Fairlead.Server.Images;
using Fairlead.Server.Registry;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Builds;

/// <summary>An image for several platforms, from its commit to its end.</summary>
public sealed class SeveralPlatformsTests : IAsyncLifetime
{
    private const string Repository = "shop/app";
    private static readonly string[] Two = ["linux/amd64", "linux/arm64"];
    private static readonly BuildPlan Plan = CommitStage.Plan with { Directory = "/app", Platforms = Two };

    private CommitStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await CommitStage.Start();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Tags_show_its_platforms_and_size_and_nothing_is_left_when_it_goes()
    {
        (string, string)[] app =
        [
            ("app/Dockerfile", "FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /\n"),
            ("app/amd64", "for amd64"),
            ("app/arm64", "for arm64"),
        ];
        var build = await _stage.Built(await _stage.Commit(app), Plan);
        await Shows("1", build.Digest!, build.Size);

        // Outside of what the image is made of: the same index gets a second name, and nothing is built.
        var second = await _stage.Commit([.. app, ("readme", "unrelated")]);
        var again = await _stage.Built(second, Plan with { Versions = ["2"] });
        Assert.Equal((build.Id, build.Digest), (again.ReusedBuildId, again.Digest));
        await Shows("2", build.Digest!, build.Size);

        await Forget();
        await Reconcile();
        await Shows("1", build.Digest!, build.Size);

        var index = (await Managed.Manifest(Managed.Target, Repository, build.Digest!, default)).Value;
        Assert.Equal(2, index.Children.Count);
        Assert.Equal(Two, index.Platforms);
        using var deleted = await _stage.Server.Maintainer.DeleteAsync($"/api/v1/images/{Repository}?force=true");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        foreach (var digest in index.Children.Prepend(index.Digest))
            Assert.False((await Managed.Manifest(Managed.Target, Repository, digest, default)).Ok);
    }

    private ManagedImages Managed => _stage.Server.Services.GetRequiredService<ManagedImages>();

    private async Task Shows(string name, string digest, long size)
    {
        Assert.True(size > 0);
        // The registry tells of the push in its own time; whoever writes last, the row says the same.
        var tag = await Eventually.Value(
            "the tag is shown",
            async () =>
                (
                    await _stage.Server.Member.GetFromJsonAsync<Page<TagInfo>>($"/api/v1/images/{Repository}/tags")
                )!.Items.FirstOrDefault(one => one.Name == name)
        );
        Assert.Equal(digest, tag.Digest);
        Assert.Equal(Two, tag.Platforms);
        Assert.Equal(size, tag.Size);
    }

    private Task<int> Forget() => _stage.Server.With(db => db.Set<TagRow>().ExecuteDeleteAsync());

    private async Task Reconcile()
    {
        await using var scope = _stage.Server.Services.CreateAsyncScope();
        var outcome = await scope.ServiceProvider.GetRequiredService<ReconcileTags>().Run(default);
        Assert.True(outcome.Ok, outcome.Failure?.Sentence);
    }
}
