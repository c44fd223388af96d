using System.Net;
using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Emulators.Hosting;
using Fairlead.Emulators.Registry;
using Fairlead.Server.Images;
using Fairlead.Server.Registry;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Registry;

/// <summary>A registry breaks down while it deletes: what is shown is what is there, and once more ends it.</summary>
public sealed class BrokenDeletionTests : IAsyncLifetime
{
    private static readonly string[] Tags = ["1", "2", "3", "4"];
    private readonly int _port = FreePort.Next();
    private RegistryProxy _proxy = null!;
    private RegistryWorld _world = null!;

    public async ValueTask InitializeAsync()
    {
        _proxy = await RegistryProxy.Start(new Uri($"http://127.0.0.1:{_port}/"));
        _world = await RegistryWorld.Start(_port, Between);
        foreach (var tag in Tags)
        {
            var layout = _world.Server.Directory[$"layout-{tag}"];
            TinyImage.Write(layout, tag);
            var login = $"--dest-creds=mia:{RegistryWorld.Token(_world.Server.Maintainer)}";
            string[] copy = ["copy", "--dest-tls-verify=false", login, $"oci:{layout}"];
            var pushed = await _world.Run("skopeo", [.. copy, $"docker://{_world.Registry}/shop/app:{tag}"]);
            Assert.True(pushed.Ok, pushed.Said);
        }
        await Eventually.True("all pushes are told", async () => (await Shown()).Count == Tags.Length);
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Theory]
    [InlineData("/api/v1/images/shop/app?force=true")]
    [InlineData("/api/v1/namespaces/shop?force=true")]
    public async Task What_is_shown_is_what_is_left_and_once_more_ends_it(string address)
    {
        _proxy.DeletesLeft = 2;
        using var broken = await _world.Server.Maintainer.DeleteAsync(address);
        var problem = await broken.Content.ReadFromJsonAsync<Problem>();
        Assert.Equal(("registry.cannot-delete", 503), (problem!.Code, (int)broken.StatusCode));
        Assert.StartsWith("Deleted were 2 of them; everything else is still there.", problem.Remedy);
        Assert.Equal(2, (await Shown()).Count);
        Assert.Equal(await InRegistry(), await Shown());

        _proxy.DeletesLeft = int.MaxValue;
        using var again = await _world.Server.Maintainer.DeleteAsync(address);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        Assert.Empty(await InRegistry());
        Assert.False(await _world.Server.With(db => db.Set<ImageRow>().AnyAsync()));
    }

    /// <summary>Puts the proxy between the server and its registry.</summary>
    private void Between(IServiceCollection services) =>
        services.AddSingleton(all =>
        {
            var options = all.GetRequiredService<Fairlead.Server.Registry.RegistryOptions>() with
            {
                Address = _proxy.Host,
            };
            return ActivatorUtilities.CreateInstance<ManagedImages>(all, options);
        });

    private Task<List<string>> Shown() =>
        _world.Server.With(db => db.Set<TagRow>().Select(tag => tag.Name).OrderBy(name => name).ToListAsync());

    private async Task<List<string>> InRegistry()
    {
        var managed = _world.Server.Services.GetRequiredService<ManagedImages>();
        var tags = await managed.Tags(managed.Target, "shop/app", default);
        Assert.True(tags.Ok, tags.Failure?.Sentence);
        return [.. tags.Value.Order()];
    }
}
