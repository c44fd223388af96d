using System.Net;
using System.Text.RegularExpressions;
using Fairlead.Contracts;
using Fairlead.Contracts.Authorisations;
using Fairlead.Contracts.Connections;
using Fairlead.Emulators.GitHub;
using Fairlead.Emulators.Hosting;
using Fairlead.Server.Vault;
using Fairlead.Tests.Contract.CodeHosts.GitHub;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>An administrator has a host make an App, installs it, and binds by what the host confirms.</summary>
public sealed partial class AppJourneyTests : IAsyncLifetime
{
    private readonly HttpClient _browser = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }
    );
    private readonly ManualClock _clock = new(TimeProvider.System.GetUtcNow());
    private GitHubStage _stage = null!;
    private TestServer _server = null!;

    private JsonApi Api => new(() => _server.Administrator);
    private GitHubHost Host => _stage.Host;

    public async ValueTask InitializeAsync()
    {
        _stage = await GitHubStage.Start();
        _server = await TestServer.Start(_clock, adjust: QuietServer.NoDispatcher);
        await Api.Post<ReachRuleInfo>("reach-rules", new NewReachRule("*", "127.0.0.0/8") { PlainHttp = true });
    }

    [Fact]
    public async Task A_manifest_becomes_an_app_with_the_least_it_needs_and_installing_it_binds()
    {
        await _stage.AddRepository("acme/shop");
        var back = await Make("acme");
        Assert.Contains("needs the role", await Return(back, "mia"));
        var page = await Return(back);
        Assert.Matches("^/settings/apps/[0-9]+$", page);
        Assert.Contains("it counts once", await Return(back));
        var app = Assert.Single(Host.Apps);
        Assert.Equal(GitHubApp.Enough.OrderBy(one => one.Key), app.Permissions.OrderBy(one => one.Key));
        Assert.Equal(("acme", false), (app.Owner, app.IsPublic));
        var made = Assert.Single((await Api.Get<Page<AppInfo>>("apps")).Items);
        Assert.Equal(("acme", $"Fairlead {_server.Url.Host}"), (made.Account, made.Name));
        var sealedFields = await _server.With(db =>
            db.Set<SealedRow>().Where(row => row.Owner == $"app/{made.Id}").Select(row => row.Field).ToListAsync()
        );
        Assert.Equal(["clientSecret", "privateKey"], sealedFields.Order());

        var installed = await Install(made);
        Assert.Equal("/connections/acme", await Return(installed));
        var view = await Api.Get<ConnectionView>("connections/acme");
        Assert.Equal(("trusted", 0), (view.Verdict.Kind, view.Verdict.Missing.Count));
        var found = await Api.Get<Page<RepositoryInfo>>("connections/acme/repositories");
        Assert.Single(found.Items);
        Assert.Equal("acme", Assert.Single(await Installations(made)).Connection);

        // Coming back from a change of the installation verifies what is there, and makes nothing.
        var again = await _server.Administrator.PostAsync(
            $"/api/v1/apps/{made.Id}/installations/{Host.Installations[0].Id}/connection",
            null
        );
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(1, (await Api.Get<Page<ConnectionView>>("connections")).Total);
    }

    [Fact]
    public async Task An_installation_in_an_address_counts_for_nothing_before_the_host_has_confirmed_it()
    {
        await Return(await Make(null));
        var made = Assert.Single((await Api.Get<Page<AppInfo>>("apps")).Items);
        var theirs = Host.Install("other", "victim");
        var back = await Install(made);
        string With(string installation) =>
            InstallationId().Replace(back.PathAndQuery, $"installation_id={installation}");
        Assert.Contains("knows no such installation", await Return(new Uri(back, With($"{theirs.Id}"))));
        Assert.Contains("it counts once", await Return(back));
        back = await Install(made);
        Assert.Contains("An installation ID is a number", await Return(new Uri(back, With("1%2Faccess_tokens"))));
        back = await Install(made);
        Assert.Contains("without saying where", await Return(new Uri(back, With(""))));
        back = await Install(made);
        var forged = new Uri(back, back.PathAndQuery.Replace("state=", "state=x"));
        Assert.Contains("Nobody here asked", await Return(forged));
        // A state that was made for one purpose opens no other door.
        var crossed = new Uri(back, back.PathAndQuery.Replace("/installed", "/made") + "&code=abc");
        Assert.Contains("Nobody here asked", await Return(crossed));
        Host.Manifests.NeedsOwner = true;
        Assert.Contains("owners were asked to install", await Return(await Install(made)));
        Assert.Equal(0, (await Api.Get<Page<ConnectionView>>("connections")).Total);

        // Several installations: they are listed as the host tells, and one is chosen.
        var all = await Installations(made);
        Assert.Equal(4, all.Count);
        var chosen = await Api.Post<ConnectionView>($"apps/{made.Id}/installations/{all[1].Id}/connection", new { });
        Assert.Equal("trusted", chosen.Verdict.Kind);
        Assert.Equal([null, chosen.Id, null, null], (await Installations(made)).Select(one => one.Connection));
    }

    [Fact]
    public async Task A_code_makes_an_app_known_once_and_in_time()
    {
        var late = await Make(null);
        _clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Contains("came too late", await Return(late));
        var (mine, other) = (await Make(null), await Make(null));
        await Return(other);
        var code = Code().Match(other.Query).Value;
        Assert.Contains(
            "gives no App for the code",
            await Return(new Uri(mine, Code().Replace(mine.PathAndQuery, code)))
        );
        var odd = new Uri(await Make(null), Code().Replace((await Make(null)).PathAndQuery, "code=..%2F..%2Fuser"));
        Assert.Contains("gives no App for the code", await Return(odd));
        Assert.Equal(1, Host.Manifests.Refused);
        Assert.Equal(1, (await Api.Get<Page<AppInfo>>("apps")).Total);
        Host.Fault = new Fault.Html();
        Assert.Contains("answered with a web page", await Return(await Make(null, fault: true)));
        Host.Fault = null;
    }

    /// <summary>What a browser does: our form to the host, the person's click there.</summary>
    private async Task<Uri> Make(string? organization, bool fault = false)
    {
        var start = await Api.Post<AppStart>(
            "apps",
            new NewApp("github")
            {
                Organization = organization,
                Settings = new Dictionary<string, string> { ["url"] = _stage.Target.Settings["url"] },
            }
        );
        var kept = Host.Fault;
        Host.Fault = null;
        var fields = new Dictionary<string, string> { [start.Field] = start.Manifest };
        var page = await _browser.PostAsync(start.Address, new FormUrlEncodedContent(fields));
        Assert.Contains("Create GitHub App", await page.Content.ReadAsStringAsync());
        fields["create"] = "1";
        using var sent = await _browser.PostAsync(start.Address, new FormUrlEncodedContent(fields));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Host.Fault = fault ? kept : null;
        return sent.Headers.Location!;
    }

    private async Task<Uri> Install(AppInfo app)
    {
        var start = await Api.Post<InstallationStart>($"apps/{app.Id}/installations", new { });
        using var sent = await _browser.PostAsync(start.Address, null);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        return sent.Headers.Location!;
    }

    private async Task<IReadOnlyList<InstallationInfo>> Installations(AppInfo app) =>
        (await Api.Get<Page<InstallationInfo>>($"apps/{app.Id}/installations")).Items;

    private async Task<string> Return(Uri back, string person = "ada")
    {
        using var browser = await _server.Browser(person);
        using var answer = await browser.GetAsync(back.PathAndQuery);
        return answer.Headers.Location?.ToString() is { } next
            ? new Uri(_server.Url, next).AbsolutePath
            : WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
        await _stage.DisposeAsync();
    }

    [GeneratedRegex("installation_id=[0-9]+")]
    private static partial Regex InstallationId();

    [GeneratedRegex("code=[a-f0-9]+")]
    private static partial Regex Code();
}
