using System.Net;
using System.Net.Http.Json;
using System.Text;
using Fairlead.Contracts;
using Fairlead.Contracts.Connections;
using Fairlead.Contracts.Events;
using Fairlead.Emulators.Hosting;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>Hooks stay in line with what is bound, whatever happens to them at the host.</summary>
public sealed class HookKeepingTests(PostgresServer postgres)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_somebody_did_to_a_hook_is_mended_when_asked(bool onPostgres)
    {
        await using var world = await HostWorld.Make(database: onPostgres ? await postgres.NewDatabase() : null);
        await world.Bind();
        var source = (await world.Hook("registered")).Source;
        var hook = world.AtHost.Hooks.Single();
        (hook.Active, hook.Events) = (false, ["release"]);
        var mended = await world.Post<HookInfo>($"sources/{source}/hook-repair", new { });
        Assert.Equal(("registered", "Mended: It was switched off."), (mended.State, mended.Note));
        Assert.True(world.AtHost.Hooks.Single().Active);
        Assert.Contains("push", world.AtHost.Hooks.Single().Events);
        world.AtHost.Hooks.Clear();
        await world.Post<HookInfo>($"sources/{source}/hook-repair", new { });
        Assert.Single(world.AtHost.Hooks);
        await world.Unbind();
        await Eventually.True("no hook is left", () => world.AtHost.Hooks.Count == 0);
    }

    [Fact]
    public async Task A_new_secret_reaches_the_host_and_the_old_one_works_meanwhile()
    {
        await using var world = await HostWorld.Make();
        await world.Bind();
        var source = (await world.Hook("registered")).Source;
        var old = world.AtHost.Hooks.Single().Secret!;
        await world.Post<HookShown>($"sources/{source}/hook-secret", new { });
        await Eventually.True("the host has the new secret", () => world.AtHost.Hooks.Single().Secret != old);
        world.AtHost.Hooks.Single().Secret = old;
        await world.Work.Write("a", "b").Push("signed with the old one");
        Assert.Equal(202, world.AtHost.Hooks.Single().Deliveries[^1].Status);
    }

    [Fact]
    public async Task A_host_that_does_not_let_us_is_said_and_tried_again_with_another_credential()
    {
        await using var world = await HostWorld.Make();
        world.Host.AddToken(new("ghp_statusOnly", "ada") { Scopes = ["repo:status"] });
        await Patch(world, "ghp_statusOnly");
        await world.Bind();
        var byHand = await world.Hook("by-hand");
        Assert.Contains("may not do this", byHand.Note);
        Assert.Contains("repo", byHand.Remedy);
        world.Host.AddToken(new("ghp_enough", "ada"));
        await Patch(world, "ghp_enough");
        await world.Hook("registered");
    }

    [Fact]
    public async Task A_host_that_is_away_gets_its_hook_once_it_is_back()
    {
        await using var world = await HostWorld.Make(new ManualClock());
        (world.Host.Fault, world.Host.FaultPath) = (new Fault.Answer(502), "/api/v3/");
        await world.Bind();
        Assert.Contains("HTTP 502", (await world.Hook("waiting")).Note);
        world.Host.Fault = null;
        await world.Hook("registered");
    }

    [Fact]
    public async Task A_connection_that_is_deleted_leaves_no_hook()
    {
        await using var world = await HostWorld.Make();
        await world.Bind();
        await world.Hook("registered");
        var answer = await world.Server.Administrator.DeleteAsync("/api/v1/connections/code?force=true");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Empty(world.AtHost.Hooks);
    }

    [Fact]
    public async Task What_is_proven_is_never_refused_and_what_is_not_always_is()
    {
        await using var world = await HostWorld.Make();
        await world.Bind();
        var url = (await world.Hook("registered")).Url;
        var key = Encoding.UTF8.GetBytes(world.AtHost.Hooks.Single().Secret!);
        foreach (var (name, body) in new[] { ("release", "{}"), ("push", "not json"), ("push", "[]"), ("star", "") })
            Assert.Equal(HttpStatusCode.Accepted, await Send(world, url, key, name, body));
        Assert.Equal(HttpStatusCode.Unauthorized, await Send(world, url, "another"u8.ToArray(), "push", "{}"));
        var fates = await Eventually.Value(
            "all are read",
            async () =>
                (await world.Get<Page<DeliveryInfo>>("deliveries")).Items is var all
                && all.Count == 5
                && all.All(one => one.State == "ignored")
                    ? all
                    : null
        );
        Assert.Equal(
            [
                "It is neither a push nor a pull request.",
                "Its body is not what the host documents for this event.",
                "The host tried the hook: it works.",
            ],
            fates.Select(one => one.Became).Distinct().Order()
        );
    }

    [Fact]
    public async Task A_delivery_about_another_repository_does_nothing()
    {
        await using var world = await HostWorld.Make();
        await world.Bind();
        var url = (await world.Hook("registered")).Url;
        var key = Encoding.UTF8.GetBytes(world.AtHost.Hooks.Single().Secret!);
        var body = BoundSource.Body("main", Commits.None, Commits.Number(1))[..^1] + ""","repository":{"id":7}}""";
        Assert.Equal(HttpStatusCode.Accepted, await Send(world, url, key, "push", body));
        await Eventually.True(
            "it is ignored for that",
            async () =>
                (await world.Get<Page<DeliveryInfo>>("deliveries")).Items.Any(one =>
                    one.Became?.StartsWith("It is about another repository") == true
                )
        );
        Assert.Empty(await world.Events());
    }

    private static async Task<HttpStatusCode> Send(HostWorld world, string url, byte[] key, string name, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("X-Hub-Signature-256", BoundSource.Sign(bytes, key));
        request.Headers.Add("X-GitHub-Event", name);
        request.Headers.Add("X-GitHub-Delivery", Guid.NewGuid().ToString());
        return (await world.Server.Anonymous.SendAsync(request)).StatusCode;
    }

    private static async Task Patch(HostWorld world, string token)
    {
        var change = new ConnectionChange { Secrets = new Dictionary<string, string> { ["token"] = token } };
        var answer = await world.Server.Administrator.PatchAsJsonAsync("/api/v1/connections/code", change);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
