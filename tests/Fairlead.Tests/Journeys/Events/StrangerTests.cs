using System.Net;
using System.Text;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Events;

public sealed class StrangerTests
{
    private const int AtOnce = 200;
    private static readonly byte[] Push = Encoding.UTF8.GetBytes(
        BoundSource.Body("main", Commits.None, Commits.Number(1))
    );

    [Fact]
    public async Task Guessing_a_secret_is_answered_429_for_a_while_and_harms_no_other_hook()
    {
        var clock = new ManualClock();
        await using var server = await TestServer.Start(clock);
        var attacked = await BoundSource.Make(server);
        var other = await BoundSource.Make(server, "other");
        Task<HttpResponseMessage> Guess() =>
            server.Anonymous.SendAsync(attacked.Request(Push, "guess", new byte[attacked.Key.Length]));
        for (var i = 0; i < AtOnce; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await Guess()).StatusCode);

        var refused = await Guess();
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains("hook.too-many-refused", await refused.Content.ReadAsStringAsync());
        Assert.Equal(
            HttpStatusCode.Accepted,
            (await server.Anonymous.SendAsync(other.Request(Push, "other"))).StatusCode
        );

        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(
            HttpStatusCode.Accepted,
            (await server.Anonymous.SendAsync(attacked.Request(Push, "real"))).StatusCode
        );
    }

    [Fact]
    public async Task Guessing_addresses_is_answered_429_and_a_hook_in_use_stays_open()
    {
        await using var server = await TestServer.Start(new ManualClock());
        var source = await BoundSource.Make(server);
        Assert.True((await server.Anonymous.SendAsync(source.Request(Push, "one"))).IsSuccessStatusCode);
        Task<HttpResponseMessage> Guess(int i) => server.Anonymous.PostAsync($"/hooks/{i:x32}", null);
        for (var i = 0; i < AtOnce; i++)
            Assert.Equal(HttpStatusCode.NotFound, (await Guess(i)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Guess(AtOnce)).StatusCode);
        Assert.True((await server.Anonymous.SendAsync(source.Request(Push, "two"))).IsSuccessStatusCode);
    }

    [Fact]
    public async Task However_many_authentic_hooks_come_none_is_refused()
    {
        await using var server = await TestServer.Start(new ManualClock());
        var source = await BoundSource.Make(server);
        for (var i = 0; i < AtOnce + 50; i++)
            Assert.Equal(
                HttpStatusCode.Accepted,
                (await server.Anonymous.SendAsync(source.Request(Push, $"{i}"))).StatusCode
            );
    }
}
