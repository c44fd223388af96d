using System.Net.Http.Json;
using Fairlead.Contracts.Events;
using Fairlead.Server.Events;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Support;

/// <summary>A server with one polled source at a host that the test plays.</summary>
internal sealed class LedgerWorld : IAsyncDisposable
{
    public FakeHost Host { get; } = new();
    public TestServer Server { get; private set; } = null!;
    public BoundSource Source { get; private set; } = null!;

    /// <param name="main">Where the branch stands when the source is bound.</param>
    /// <param name="database">A PostgreSQL connection string; null for a SQLite file.</param>
    public static async Task<LedgerWorld> Make(string main, ManualClock? clock = null, string? database = null)
    {
        var world = new LedgerWorld { Host = { ["main"] = main } };
        world.Server = await TestServer.Start(clock, options => options with { Database = database }, world.Host.Stand);
        world.Source = await BoundSource.Make(world.Server, polling: true);
        await world.Until("the first look is done", row => row.PolledAt is not null);
        return world;
    }

    public Task<HttpResponseMessage> Push(string before, string after, string? delivery = null) =>
        Source.Push(Server.Anonymous, "main", before, after, delivery);

    /// <summary>A person asks to look; returns when it is done.</summary>
    public async Task<DeliveryInfo> Look()
    {
        var answer = await Server.Maintainer.PostAsync($"/api/v1/sources/{Source.Id}/look", null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var result = (await answer.Content.ReadFromJsonAsync<ReplayResult>())!;
        return await Settled(result.Delivery!.Value);
    }

    /// <summary>The delivery once something has become of it.</summary>
    public Task<DeliveryInfo> Settled(long delivery) =>
        Eventually.Value(
            $"something has become of delivery {delivery}",
            async () =>
            {
                var detail = await Server.Member.GetFromJsonAsync<DeliveryDetail>($"/api/v1/deliveries/{delivery}");
                return detail!.Delivery.State == "received" ? null : detail.Delivery;
            },
            TimeSpan.FromSeconds(20)
        );

    public async Task<DeliveryInfo> Settled(HttpResponseMessage hook)
    {
        Assert.True(hook.IsSuccessStatusCode, await hook.Content.ReadAsStringAsync());
        return await Settled((await hook.Content.ReadFromJsonAsync<HookReceipt>())!.Delivery);
    }

    public Task<List<EventRow>> Events() =>
        Server.With(db => db.Set<EventRow>().AsNoTracking().OrderBy(row => row.Id).ToListAsync());

    public async Task<List<(string?, string?)>> Moves() =>
        [.. (await Events()).Select(change => (change.Before, change.After))];

    public Task Until(string what, Func<SourceRow, bool> condition)
    {
        Server.Wake();
        return Eventually.True(
            what,
            async () => condition(await Server.With(db => db.Set<SourceRow>().AsNoTracking().SingleAsync())),
            TimeSpan.FromSeconds(20)
        );
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
