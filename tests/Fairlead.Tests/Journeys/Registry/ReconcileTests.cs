using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Contracts;
using Fairlead.Core.Builds;
using Fairlead.Core.Registries;
using Fairlead.Emulators.Hosting;
using Fairlead.Server.Builds;
using Fairlead.Server.Builds.Jobs;
using Fairlead.Server.Images;
using Fairlead.Server.Registry;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fairlead.Tests.Journeys.Registry;

/// <summary>
/// What the registry never told, or was not asked to do. Pushes here go in as the server's own, whose notifications it
/// ignores: as good as lost.
/// </summary>
public sealed class ReconcileTests : IAsyncLifetime
{
    private const string Repository = "shop/till";
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.Start(options: plain =>
            plain with
            {
                RegistryListen = $"127.0.0.1:{FreePort.Next()}",
            }
        );
        await _server.With(async db =>
        {
            var space = new NamespaceRow { Name = "shop" };
            db.Add(space);
            await db.SaveChangesAsync();
            db.Add(new ImageRow { NamespaceId = space.Id, Name = "till" });
            return await db.SaveChangesAsync();
        });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_push_nobody_was_told_of_is_found_at_the_next_start_and_a_deleted_tag_goes()
    {
        var (kept, gone) = (await Push("kept"), await Push("gone"));
        await _server.Restart();
        await Eventually.Value("the lost pushes are found", () => Tag("gone"));
        Assert.Equal(kept.Digest, (await Eventually.Value("both are found", () => Tag("kept"))).Digest);

        await Managed.DeleteManifest(Managed.Target, Repository, gone.Digest, default);
        await _server.Restart();

        await Eventually.True("the deleted tag is gone", async () => await Tag("gone") is null);
        Assert.NotNull(await Tag("kept"));
    }

    [Fact]
    public async Task A_tag_keeps_its_build_until_it_names_another_image()
    {
        var first = Image();
        var build = await Build(first.Digest);
        await Put("latest", first);
        await Reconcile();
        Assert.Equal(build, (await Tag("latest"))!.BuildId);
        await Reconcile();
        Assert.Equal(build, (await Tag("latest"))!.BuildId);

        var second = await Push("latest");
        await Reconcile();

        var tag = await Tag("latest");
        Assert.Equal((second.Digest, (long?)null), (tag!.Digest, tag.BuildId));
    }

    [Theory]
    [InlineData("/api/v1/images/shop/till?force=true")]
    [InlineData("/api/v1/namespaces/shop?force=true")]
    public async Task Deleting_by_force_deletes_the_images_in_the_registry(string address)
    {
        var image = await Push("v1");
        await Reconcile();

        using var answer = await _server.Maintainer.DeleteAsync(address);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.False((await Managed.Manifest(Managed.Target, Repository, image.Digest, default)).Ok);
        Assert.Null(await Tag("v1"));
        Assert.False(await _server.With(db => db.Set<ImageRow>().AnyAsync()));
    }

    [Theory]
    [InlineData("/api/v1/images/shop/till?force=true")]
    [InlineData("/api/v1/namespaces/shop?force=true")]
    public async Task A_registry_that_is_down_leaves_everything_as_it_was(string address)
    {
        await Push("v1");
        await Reconcile();
        await _server.Services.GetServices<IHostedService>().OfType<ManagedRegistry>().Single().StopAsync(default);

        using var answer = await _server.Maintainer.DeleteAsync(address);

        var problem = await answer.Content.ReadFromJsonAsync<Problem>();
        Assert.Equal(("registry.cannot-delete", 503), (problem!.Code, (int)answer.StatusCode));
        Assert.StartsWith("The images in the registry could not be deleted: ", problem.Title);
        Assert.NotNull(await Tag("v1"));
    }

    [Fact]
    public async Task A_base_in_the_managed_registry_is_told_though_the_image_goes_elsewhere()
    {
        var image = await Push("base");
        await using var scope = _server.Services.CreateAsyncScope();
        var bases = scope.ServiceProvider.GetRequiredService<BaseDigests>();
        var elsewhere = new ImageTarget(Managed, Managed.Target, "registry.example", "a/b", PlainHttp: false, null);

        var told = await bases.Of([$"{_server.Options.RegistryListen}/{Repository}:base"], elsewhere, default);

        Assert.Equal([image.Digest], told);
        Assert.Null(await bases.Of(["other.example/a/b:1"], elsewhere, default));
    }

    private ManagedImages Managed => _server.Services.GetRequiredService<ManagedImages>();

    private async Task Reconcile()
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var outcome = await scope.ServiceProvider.GetRequiredService<ReconcileTags>().Run(default);
        Assert.True(outcome.Ok, outcome.Failure?.Sentence);
    }

    private async Task<ImageManifest> Push(string tag)
    {
        var image = Image();
        await Put(tag, image);
        return image;
    }

    private async Task Put(string tag, ImageManifest image)
    {
        var put = await Managed.PutManifest(Managed.Target, Repository, tag, image, default);
        Assert.True(put.Ok, put.Failure?.Sentence);
    }

    /// <summary>An index of no images, different every time.</summary>
    private static ImageManifest Image()
    {
        const string Type = "application/vnd.oci.image.index.v1+json";
        var bytes = Encoding.UTF8.GetBytes(
            $$$"""
            {"schemaVersion":2,"mediaType":"{{{Type}}}","manifests":[],
             "annotations":{"a":"{{{Guid.NewGuid()}}}"}}
            """
        );
        return new ImageManifest("sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes)), Type, bytes);
    }

    private Task<TagRow?> Tag(string name) =>
        _server.With(db => db.Set<TagRow>().AsNoTracking().FirstOrDefaultAsync(tag => tag.Name == name));

    private Task<long> Build(string digest) =>
        _server.With(async db =>
        {
            var build = new BuildRow
            {
                ImageId = (await db.Set<ImageRow>().SingleAsync()).Id,
                Key = digest,
                Ref = "refs/heads/main",
                Commit = BuildWorld.Commit(1),
                Plan = new("/", "Dockerfile", ["latest"], new Dictionary<string, string>(), [], false, 60),
                State = BuildState.Succeeded,
                Digest = digest,
            };
            db.Add(build);
            await db.SaveChangesAsync();
            return build.Id;
        });
}
