using System.Net;
using System.Net.Http.Json;
using System.Text;
using Fairlead.Contracts;
using Fairlead.Contracts.Events;
using Fairlead.Server.Events;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Events;

public sealed class HookTests
{
    private static readonly string Push = BoundSource.Body("main", Commits.None, Commits.Number(1));

    [Fact]
    public async Task A_signed_push_is_stored_and_becomes_one_event()
    {
        await using var server = await TestServer.Start();
        var source = await BoundSource.Make(server);
        var answer = await source.Send(server.Anonymous, Push, "one");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var receipt = (await answer.Content.ReadFromJsonAsync<HookReceipt>())!;

        await Settled(server);
        var detail = await server.Member.GetFromJsonAsync<DeliveryDetail>($"/api/v1/deliveries/{receipt.Delivery}");
        Assert.Equal("processed", detail!.Delivery.State);
        Assert.Equal(Push, detail.Body);
        var change = Assert.Single(detail.Events);
        Assert.Equal(Commits.Number(1), change.After);
        Assert.NotEqual("", change.Became);
    }

    [Fact]
    public async Task The_same_delivery_again_gets_the_same_receipt_and_is_counted()
    {
        await using var server = await TestServer.Start();
        var source = await BoundSource.Make(server);
        var first = await source.Send(server.Anonymous, Push, "one");
        var again = await source.Send(server.Anonymous, Push, "one");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        await Settled(server);
        Assert.Equal(1, (await Deliveries(server)).Single().Repeats);
        Assert.Equal(1, await server.With(db => db.Set<EventRow>().CountAsync()));
    }

    [Fact]
    public async Task Nothing_unsigned_or_not_posted_leaves_a_row()
    {
        await using var server = await TestServer.Start();
        var source = await BoundSource.Make(server);
        var body = Encoding.UTF8.GetBytes(Push);
        string?[] signatures =
        [
            null,
            "",
            "sha256=",
            "sha256=" + new string('0', 64),
            "sha256=" + new string('z', 64),
            BoundSource.Sign(body, []),
            BoundSource.Sign(body, source.Key[1..]),
            BoundSource.Sign(body, source.Key)[7..],
            BoundSource.Sign(body, source.Key) + "0",
        ];
        var words = new HashSet<string>();
        foreach (var method in new[] { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HOOK" })
        foreach (var signature in signatures)
        {
            var request = source.Request(body);
            request.Method = new HttpMethod(method);
            request.Content = method is "GET" or "HEAD" or "TRACE" ? null : request.Content;
            request.Headers.Remove("X-Hub-Signature-256");
            if (signature is not null)
                request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", signature);
            var answer = await server.Anonymous.SendAsync(request);
            Assert.InRange((int)answer.StatusCode, 400, 499);
            if (method == "POST")
            {
                Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
                words.Add(await answer.Content.ReadAsStringAsync());
            }
        }
        Assert.Single(words);
        Assert.Empty(await Deliveries(server));
    }

    [Fact]
    public async Task An_unknown_hook_is_said_to_be_unknown()
    {
        await using var server = await TestServer.Start();
        var source = await BoundSource.Make(server);
        var other = source with { HookId = new string('a', 32) };
        var answer = await other.Send(server.Anonymous, Push);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("hook.unknown", (await answer.Content.ReadFromJsonAsync<Problem>())!.Code);
    }

    [Theory]
    [InlineData("{", "hook.not-json", "body")]
    [InlineData("\"\\ud800\"", "hook.not-an-object", "body")]
    [InlineData("{\"ref\":\"\\ud800\"}", "hook.not-text", "ref")]
    [InlineData("{\"ref\":\"a\",\"ref\":\"b\"}", "hook.named-twice", "ref")]
    [InlineData("{\"after\":7}", "hook.not-text", "after")]
    [InlineData("{} {}", "hook.not-json", "body")]
    [InlineData("payload=%7B%7D", "hook.not-json", "body")]
    public async Task What_cannot_be_read_is_refused_with_the_field_and_not_stored(
        string body,
        string code,
        string field
    )
    {
        await using var server = await TestServer.Start();
        var source = await BoundSource.Make(server);
        await Refused(server, source, body, code, field);
        var deep = "{\"x\":" + new string('[', 1000) + new string(']', 1000) + "}";
        await Refused(server, source, deep, "hook.not-json", "body");
        Assert.Empty(await Deliveries(server));
    }

    [Theory]
    [InlineData("{\"zen\":\"Keep it simple\"}")]
    [InlineData("{\"ref\":\"refs/pull/1/head\",\"after\":\"x\"}")]
    [InlineData("{\"ref\":\"refs/heads/--upload-pack=x\",\"after\":\"x\"}")]
    [InlineData("{\"ref\":\"main\",\"ref_type\":\"branch\"}")]
    [InlineData("{\"ref\":\"refs/heads/main\",\"after\":\"short\",\"note\":\"\\ud800\"}")]
    public async Task What_is_valid_and_of_no_interest_is_accepted_and_says_so(string body)
    {
        await using var server = await TestServer.Start();
        var source = await BoundSource.Make(server);
        Assert.Equal(HttpStatusCode.Accepted, (await source.Send(server.Anonymous, body)).StatusCode);
        await Settled(server);
        var delivery = Assert.Single(await Deliveries(server));
        Assert.Equal(DeliveryState.Ignored, delivery.State);
        Assert.EndsWith(".", delivery.Became);
    }

    [Fact]
    public async Task A_new_secret_works_at_once_and_the_old_one_for_a_week()
    {
        var clock = new ManualClock();
        await using var server = await TestServer.Start(clock);
        var source = await BoundSource.Make(server);
        Assert.True((await source.Send(server.Anonymous, Push, "1")).IsSuccessStatusCode);

        var forbidden = await server.Member.PostAsync($"/api/v1/sources/{source.Id}/hook-secret", null);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        var shown = await Rotate(server, source);
        var replaced = source with { Key = Encoding.ASCII.GetBytes(shown.Secret) };
        Assert.EndsWith($"/hooks/{source.HookId}", shown.HookUrl);
        Assert.True((await replaced.Send(server.Anonymous, Push, "2")).IsSuccessStatusCode);
        Assert.True((await source.Send(server.Anonymous, Push, "3")).IsSuccessStatusCode);

        clock.Leap(TimeSpan.FromDays(8));
        Assert.True((await replaced.Send(server.Anonymous, Push, "4")).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await source.Send(server.Anonymous, Push, "5")).StatusCode);
    }

    [Fact]
    public async Task A_second_rotation_ends_the_first_secret_at_once()
    {
        await using var server = await TestServer.Start();
        var source = await BoundSource.Make(server);
        await Rotate(server, source);
        await Rotate(server, source);
        Assert.Equal(HttpStatusCode.Unauthorized, (await source.Send(server.Anonymous, Push)).StatusCode);
    }

    private static async Task<HookShown> Rotate(TestServer server, BoundSource source)
    {
        var answer = await server.Maintainer.PostAsync($"/api/v1/sources/{source.Id}/hook-secret", null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<HookShown>())!;
    }

    private static async Task Refused(TestServer server, BoundSource source, string body, string code, string field)
    {
        var answer = await source.Send(server.Anonymous, body);
        var problem = (await answer.Content.ReadFromJsonAsync<Problem>())!;
        Assert.Equal((HttpStatusCode.BadRequest, code, field), (answer.StatusCode, problem.Code, problem.Field));
        Assert.NotNull(problem.Remedy);
    }

    private static Task<List<DeliveryRow>> Deliveries(TestServer server) =>
        server.With(db => db.Set<DeliveryRow>().AsNoTracking().ToListAsync());

    private static Task Settled(TestServer server) =>
        Eventually.True(
            "every delivery has been read",
            async () => (await Deliveries(server)).All(delivery => delivery.State != DeliveryState.Received)
        );
}
