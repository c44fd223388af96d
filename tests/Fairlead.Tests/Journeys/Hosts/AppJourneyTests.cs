using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Fairlead.Contracts;
using Fairlead.Contracts.Access;
using Fairlead.Contracts.Authorisations;
using Fairlead.Contracts.Connections;
using Fairlead.Emulators.GitHub;
using Fairlead.Emulators.Hosting;
using Fairlead.Server.Vault;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>An administrator has a host make an App, installs it, and binds by what the host confirms.</summary>
public sealed partial class AppJourneyTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new(TimeProvider.System.GetUtcNow());
    private AppWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await AppWorld.Make(_clock);

    [Fact]
    public async Task A_manifest_becomes_an_app_with_the_least_it_needs_and_installing_it_binds()
    {
        await _world.Stage.AddRepository("acme/shop");
        var back = await _world.Create("acme");
        Assert.Contains("needs the role", await _world.Return(back, "mia"));
        var page = await _world.Return(back);
        Assert.Matches("^/settings/apps/[0-9]+$", page);
        Assert.Contains("it counts once", await _world.Return(back));
        var app = Assert.Single(_world.Host.Apps);
        Assert.Equal(GitHubApp.Enough.OrderBy(one => one.Key), app.Permissions.OrderBy(one => one.Key));
        Assert.Equal(("acme", false), (app.Owner, app.IsPublic));
        var made = await _world.Made();
        Assert.Equal(("acme", $"Fairlead {_world.Server.Url.Host}"), (made.Account, made.Name));
        var sealedFields = await _world.Server.With(db =>
            db.Set<SealedRow>().Where(row => row.Owner == $"app/{made.Id}").Select(row => row.Field).ToListAsync()
        );
        Assert.Equal(["clientSecret", "privateKey"], sealedFields.Order());

        var installed = await _world.Install(made);
        Assert.Equal("/connections/acme", await _world.Return(installed));
        var view = await _world.Api.Get<ConnectionView>("connections/acme");
        Assert.Equal(("trusted", 0), (view.Verdict.Kind, view.Verdict.Missing.Count));
        var found = await _world.Api.Get<Page<RepositoryInfo>>("connections/acme/repositories");
        Assert.Single(found.Items);
        Assert.Equal("acme", Assert.Single(await _world.Installations(made)).Connection);

        // The connection has the App's key, and no copy of it.
        var copies = await _world.Server.With(db =>
            db.Set<SealedRow>().CountAsync(row => row.Owner.StartsWith("credential/"))
        );
        Assert.Equal(0, copies);

        // Coming back from a change of the installation verifies what is there, and makes nothing.
        var again = await _world.Server.Administrator.PostAsync(
            $"/api/v1/apps/{made.Id}/installations/{_world.Host.Installations[0].Id}/connection",
            null
        );
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(1, (await _world.Api.Get<Page<ConnectionView>>("connections")).Total);
    }

    [Fact]
    public async Task An_installation_in_an_address_counts_for_nothing_before_the_host_has_confirmed_it()
    {
        await _world.Return(await _world.Create());
        var made = await _world.Made();
        var theirs = _world.Host.Install("other", "victim");
        var back = await _world.Install(made);
        string With(string installation) =>
            InstallationId().Replace(back.PathAndQuery, $"installation_id={installation}");
        Assert.Contains("knows no such installation", await _world.Return(new Uri(back, With($"{theirs.Id}"))));
        Assert.Contains("it counts once", await _world.Return(back));
        back = await _world.Install(made);
        Assert.Contains(
            "An installation ID is a number",
            await _world.Return(new Uri(back, With("1%2Faccess_tokens")))
        );
        back = await _world.Install(made);
        Assert.Contains("without saying where", await _world.Return(new Uri(back, With(""))));
        back = await _world.Install(made);
        var forged = new Uri(back, back.PathAndQuery.Replace("state=", "state=x"));
        Assert.Contains("Nobody here asked", await _world.Return(forged));
        // A state that was made for one purpose opens no other door.
        var crossed = new Uri(back, back.PathAndQuery.Replace("/installed", "/made") + "&code=abc");
        Assert.Contains("Nobody here asked", await _world.Return(crossed));
        _world.Host.Manifests.NeedsOwner = true;
        Assert.Contains("owners were asked to install", await _world.Return(await _world.Install(made)));
        Assert.Equal(0, (await _world.Api.Get<Page<ConnectionView>>("connections")).Total);

        // Several installations: they are listed as the host tells, and one is chosen.
        var all = await _world.Installations(made);
        Assert.Equal(4, all.Count);
        var chosen = await _world.Api.Post<ConnectionView>(
            $"apps/{made.Id}/installations/{all[1].Id}/connection",
            new { }
        );
        Assert.Equal("trusted", chosen.Verdict.Kind);
        Assert.Equal([null, chosen.Id, null, null], (await _world.Installations(made)).Select(one => one.Connection));
    }

    [Fact]
    public async Task The_hosts_answer_to_a_manifest_counts_for_the_session_and_person_that_asked()
    {
        await _world.Server.Administrator.PatchAsJsonAsync(
            "/api/v1/people/max",
            new PersonChange(Role: "administrator")
        );
        using var mine = new FormBrowser(_world.Server.Url, await _world.Server.Session("ada"));
        var back = await _world.Create(mine);
        Assert.Contains("belongs to another session", await _world.Return(back));
        Assert.Contains("belongs to another session", await _world.Return(back, "max"));
        Assert.Equal(0, (await _world.Api.Get<Page<AppInfo>>("apps")).Total);
        Assert.Matches("^/settings/apps/[0-9]+$", await _world.Return(back, mine.Client));
    }

    [Fact]
    public async Task A_code_makes_an_app_known_once_and_in_time()
    {
        var late = await _world.Create();
        _clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Contains("came too late", await _world.Return(late));
        var (mine, other) = (await _world.Create(), await _world.Create());
        await _world.Return(other);
        var code = Code().Match(other.Query).Value;
        Assert.Contains(
            "gives no App for the code",
            await _world.Return(new Uri(mine, Code().Replace(mine.PathAndQuery, code)))
        );
        var odd = new Uri(
            await _world.Create(),
            Code().Replace((await _world.Create()).PathAndQuery, "code=..%2F..%2Fuser")
        );
        Assert.Contains("gives no App for the code", await _world.Return(odd));
        Assert.Equal(1, _world.Host.Manifests.Refused);
        Assert.Equal(1, (await _world.Api.Get<Page<AppInfo>>("apps")).Total);
        var last = await _world.Create();
        _world.Host.Fault = new Fault.Html();
        Assert.Contains("answered with a web page", await _world.Return(last));
        _world.Host.Fault = null;
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [GeneratedRegex("installation_id=[0-9]+")]
    private static partial Regex InstallationId();

    [GeneratedRegex("code=[a-f0-9]+")]
    private static partial Regex Code();
}
