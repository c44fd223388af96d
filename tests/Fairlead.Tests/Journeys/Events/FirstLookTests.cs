using System.Net.Http.Json;
using Fairlead.Contracts.Images;
using Fairlead.Core.Providers;
using Fairlead.Server.Events;
using Fairlead.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Events;

/// <summary>Binding an image wakes the ledger, so that the first look does not wait for its next round.</summary>
public sealed class FirstLookTests
{
    [Fact]
    public async Task Binding_an_image_rings_for_the_ledger()
    {
        await using var server = await TestServer.Start(
            options: options => options with { RegistryListen = "127.0.0.1:1" },
            adjust: services =>
            {
                QuietServer.NoDispatcher(services);
                services.AddSingleton<IReadOnlyList<IProvider>>([new FakeCodeHost()]);
            }
        );
        await BoundSource.Make(server);
        var bell = server.Services.GetRequiredService<LedgerBell>();
        Assert.False(await Rung(bell));

        var image = new ImageInput
        {
            Namespace = "demo",
            Name = "app",
            CreateNamespace = true,
            Connection = "code",
            Repository = "acme/till",
        };
        Good(await server.Administrator.PostAsJsonAsync("/api/v1/images", image));
        Assert.True(await Rung(bell));

        var change = new ImageChange { Repository = "acme/stock" };
        Good(await server.Administrator.PatchAsJsonAsync("/api/v1/images/demo/app", change));
        Assert.True(await Rung(bell));
    }

    private static Task<bool> Rung(LedgerBell bell) => bell.Wait(TimeSpan.Zero, TestContext.Current.CancellationToken);

    private static void Good(HttpResponseMessage answer) => Assert.True(answer.IsSuccessStatusCode, $"{answer}");
}
