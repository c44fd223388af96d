using Fairlead.Contracts;
using Fairlead.Contracts.Authorisations;
using Fairlead.Contracts.Connections;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Emulators.GitHub;
using Fairlead.Emulators.Hosting;
using Fairlead.Tests.Journeys.Hosts;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Journeys.Console;

/// <summary>The pages about code hosts, with hosts behind them that are large, empty, slow, narrow and away.</summary>
public sealed class HostPicturesTests(Chromium chromium)
{
    [Fact]
    public async Task Every_page_about_code_hosts_looks_right()
    {
        await using var world = await HostWorld.Make();
        for (var i = 0; i < 10_000; i++)
            world.Host.List($"acme/service-{i:00000}");
        await Hear(world);
        await Part(world.Work);
        await Narrow(world);
        await Grant(world);
        Assert.Equal(10_002, (await world.Get<Page<RepositoryInfo>>("connections/code/repositories")).Total);
        await Pictures.Take(chromium, world.Server, Pages(world.Server), "hosts");
        await Away(world, new Fault.Slow(TimeSpan.FromSeconds(2)), "slow");
        await Away(world, new Fault.Answer(401), "refused");
        world.Host.Fault = null;
        world.Host.Repositories.Clear();
        await Away(world, null, "empty");
    }

    private static readonly string Shop = $"repository={Uri.EscapeDataString(HostWorld.Repository)}";

    private static IEnumerable<(string, string)> Pages(TestServer server) =>
        [
            ("connections-new", "/connections/new"),
            .. Kinds(server).Select(kind => ($"connections-new-{kind}", $"/connections/new?kind={kind}")),
            ("connection", "/connections/code"),
            ("connection-narrow", "/connections/narrow"),
            ("repositories", "/connections/code/repositories"),
            ("repositories-page", "/connections/code/repositories?page=7"),
            ("repositories-found", "/connections/code/repositories?q=service+99"),
            ("repositories-none", "/connections/code/repositories?q=nothing-like-it"),
            ("refs", $"/connections/code/refs?{Shop}"),
            ("branch-new", $"/connections/code/new-branch?{Shop}&from=main"),
            ("branch-delete", $"/connections/code/delete-branch?{Shop}&name=ready&commit={new string('5', 40)}"),
            ("compare", $"/connections/code/compare?{Shop}&source=ready"),
            ("compare-conflict", $"/connections/code/compare?{Shop}&source=clash"),
            ("compare-unknown", $"/connections/code/compare?{Shop}&source=nothing-like-it"),
            ("hooks", "/hooks"),
            ("hooks-none", "/hooks?q=nothing-like-it"),
            ("images-new", "/images/new"),
            ("applications", "/settings/applications"),
            ("applications-add", "/settings/applications?add=gitlab"),
            ("applications-make", "/settings/applications?make=github"),
            ("app", "/settings/apps/1"),
            ("connection-granted", "/connections/granted"),
            ("connection-granted-change", "/connections/granted/change"),
            ("callback-unknown", "/authorise/github?state=x&code=y"),
            ("app-not-made", "/authorise/github/made?state=x&code=y"),
            ("app-not-installed", "/authorise/github/installed?installation_id=1"),
        ];

    private static IEnumerable<string> Kinds(TestServer server) =>
        ((IReadOnlyList<IProvider>)server.Services.GetService(typeof(IReadOnlyList<IProvider>))!)
            .Where(kind => kind is IGuide)
            .Select(kind => kind.Kind);

    /// <summary>Another revision of the connection has a list of its own, which is not there yet.</summary>
    private async Task Away(HostWorld world, Fault? fault, string name)
    {
        await world.Connect(name);
        world.Host.Fault = fault;
        await Pictures.Take(
            chromium,
            world.Server,
            [($"repositories-{name}", $"/connections/{name}/repositories")],
            "hosts"
        );
    }

    private static async Task Hear(HostWorld world)
    {
        await world.Bind();
        await world.Hook("registered");
        await world.Work.Write("a", "1").Push("first");
        await world.Work.Write("a", "2").Push("second");
        await world.Work.Tag("v1.0");
        await Eventually.True(
            "the hook brought the pushes",
            async () =>
                (await world.Get<Page<HookInfo>>("hooks")).Items[0].Lately is { Count: 3 } heard
                && heard.All(delivery => delivery.State != "waiting" && delivery.HeardBy == "hook")
        );
    }

    /// <summary>One branch that merges by itself, and one that does not.</summary>
    private static async Task Part(WorkCopy work)
    {
        await work.Write("service/orders.txt", "paid").Branch("ready", "Pay orders");
        await work.Write("a", "theirs").Branch("clash", "Change a");
        await work.Write("a", "ours").Push("third");
    }

    /// <summary>A token that may read and no more, with something bound by it.</summary>
    private static async Task Narrow(HostWorld world)
    {
        world.Host.AddToken(
            new GitHubToken("ghp_narrow", "bob")
            {
                Scopes = ["repo:status", "delete_repo"],
                ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(9),
            }
        );
        await world.Host.AddRepository("acme/closed");
        await world.Connect("narrow", "ghp_narrow");
        await world.Bind("closed", "acme/closed", "narrow");
        await world.Hook("by-hand");
    }

    /// <summary>An application and a connection granted to it; an App, installed twice and bound once.</summary>
    private static async Task Grant(HostWorld world)
    {
        var api = new JsonApi(() => world.Server.Administrator);
        var site = new Dictionary<string, string> { ["url"] = world.Host.Url.AbsoluteUri.TrimEnd('/') };
        var registered = world.Host.OAuth.Register($"{world.Server.Options.BaseUrl}/authorise/github");
        var application = await api.Post<ApplicationInfo>(
            "applications",
            new NewApplication("github", registered.ClientId, registered.ClientSecret) { Settings = site }
        );
        world.Host.OAuth.AllowsAtOnce = true;
        using var host = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var browser = await world.Server.Browser("ada");
        var start = await api.Post<GrantStart>("grants", new NewGrant(application.Id) { Id = "granted" });
        var back = (await host.GetAsync(start.Address)).Headers.Location!;
        await browser.GetAsync(back.PathAndQuery);
        var app = await api.Post<AppStart>("apps", new NewApp("github") { Settings = site, Organization = "acme" });
        var fields = new Dictionary<string, string> { [app.Field] = app.Manifest, ["create"] = "1" };
        var made = await host.PostAsync(app.Address, new FormUrlEncodedContent(fields));
        await browser.GetAsync(made.Headers.Location!.PathAndQuery);
        foreach (var account in new[] { "acme", "widgets" })
            world.Host.Installations.Add(new GitHubInstallation(900 + account.Length, world.Host.Apps[^1], account));
        await api.Post<ConnectionView>("apps/1/installations/904/connection", new { });
    }
}
