using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Fairlead.Contracts.Connections;
using Fairlead.Contracts.Credentials;
using Fairlead.Emulators.GitHub;
using Fairlead.Server.Vault;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>An App from a shell: installed, and its key replaced once for all connections by it.</summary>
public sealed class AppKeyTests
{
    private const string Branches = "connections/acme/branches";
    private static readonly string[] Bound = ["acme", "beta"];

    [Fact]
    public async Task A_new_key_is_tried_and_then_that_of_every_connection_by_the_app()
    {
        await using var world = await AppWorld.Make();
        using var home = new TempDir();
        var cli = await SignedIn(world, home);
        await world.Return(await world.Create("acme"));
        var app = $"{(await world.Made()).Id}";
        var link = (await cli.Run("app", "install", app, "--json")).Json.GetProperty("address").GetString()!;
        Assert.Equal("/connections/acme", await world.Return(await world.Install(link)));
        var atHost = Assert.Single(world.Host.Apps);
        var second = new GitHubInstallation(4_000_000_000, atHost, "beta");
        world.Host.Installations.Add(second);
        Assert.Contains("beta", (await cli.Run("app", "installations", app)).Output);
        Assert.Contains("trusted", (await cli.Run("app", "bind", app, $"{second.Id}")).Output);

        // What the host does not accept for this App replaces nothing.
        Assert.Contains("Nothing was replaced", (await Replace(cli, home, app, RSA.Create(2048))).Words);
        Assert.Contains("not the private RSA key", (await Replace(cli, home, app, null)).Words);
        Assert.Equal(1, (await world.Made()).Version);
        Assert.Equal(["trusted", "trusted"], await Verify(world));

        // A person leaves; their key is deleted at the host, and one new key serves every connection.
        atHost.NewKey = RSA.Create(2048);
        var replaced = await Replace(cli, home, app, atHost.NewKey);
        Assert.True(replaced.Code == 0, replaced.Words);
        atHost.KeyIsDeleted = true;
        Assert.Equal(["trusted", "trusted"], await Verify(world));
        Assert.Equal((2, 2), ((await world.Made()).Version, (await world.Made()).Credentials));
        Assert.Equal([2, 2], await Sealed(world));
        var own = await cli.Run("credential", "replace", "acme", "--secret-file", $"privateKey={home["key.pem"]}");
        Assert.Contains("The key is that of an App", own.Words);

        Assert.Contains("was not deleted", (await cli.Run("app", "delete", app, "--yes")).Words);
        foreach (var one in Bound)
            await cli.Run("connection", "delete", one, "--yes");
        Assert.Equal(0, (await cli.Run("app", "delete", app, "--yes")).Code);
        Assert.Empty(await Sealed(world));
    }

    [Fact]
    public async Task An_app_changes_branches_where_its_maker_chose_so_and_keeps_no_key_for_it()
    {
        await using var world = await AppWorld.Make();
        var (name, _) = await world.Stage.AddRepository("acme/shop");
        var (url, user, password) = world.Stage.Git(name);
        using var work = await WorkCopy.Of(url, user, password);
        var first = await work.Write("a", "1").Push("first");
        await world.Return(await world.Create("acme", writes: true));
        Assert.Equal("write", Assert.Single(world.Host.Apps).Permissions["contents"]);
        await world.Return(await world.Install(await world.Made()));
        var verdict = (await world.Api.Get<ConnectionView>("connections/acme")).Verdict;
        Assert.Equal(("trusted", 0), (verdict.Kind, verdict.Missing.Count));
        Assert.Equal(["all repositories, present and future"], verdict.Excess);

        var made = await world.Api.Post<BranchInfo>(Branches, new NewBranch("topic", "main", name));
        Assert.Equal(first, made.Commit);
        var taken = await world.Server.Administrator.PostAsJsonAsync(
            $"/api/v1/{Branches}",
            new NewBranch("topic", "main", name)
        );
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        Assert.Equal((2, 0), world.Host.JobKeys);
    }

    [Fact]
    public async Task An_app_that_was_typed_in_keeps_a_key_of_its_own()
    {
        await using var world = await AppWorld.Make();
        var installed = world.Host.Install("builds", "acme");
        var input = new NewConnection("Typed", world.Stage.Provider.Kind)
        {
            Settings = new Dictionary<string, string>
            {
                ["url"] = world.Stage.Target.Settings["url"],
                ["way"] = "app",
                ["appId"] = installed.App.ClientId,
                ["installation"] = $"{installed.Id}",
            },
            Secrets = Pem(installed.App.Key),
        };
        Assert.Equal("trusted", (await world.Api.Post<ConnectionView>("connections", input)).Verdict.Kind);
        Assert.Equal([1], await Sealed(world));
        installed.App.NewKey = RSA.Create(2048);
        using var replaced = await world.Server.Administrator.PutAsJsonAsync(
            "/api/v1/credentials/typed",
            new CredentialReplacement { Secrets = Pem(installed.App.NewKey) }
        );
        var now = (await replaced.Content.ReadFromJsonAsync<CredentialInfo>())!;
        Assert.Equal((2, null), (now.Version, now.App));
        installed.App.KeyIsDeleted = true;
        var view = await world.Api.Post<ConnectionView>("connections/typed/verify", new { });
        Assert.Equal("trusted", view.Verdict.Kind);
    }

    private static Dictionary<string, string> Pem(RSA key) => new() { ["privateKey"] = key.ExportRSAPrivateKeyPem() };

    private static async Task<CommandLine> SignedIn(AppWorld world, TempDir home)
    {
        var cli = new CommandLine(home);
        var token = world.Server.Administrator.DefaultRequestHeaders.Authorization!.Parameter!;
        await cli.RunWith(token, "login", world.Server.Url.ToString(), "--with-token");
        return cli;
    }

    private static async Task<Said> Replace(CommandLine cli, TempDir home, string app, RSA? key)
    {
        await File.WriteAllTextAsync(home["key.pem"], key?.ExportRSAPrivateKeyPem() ?? "a key");
        return await cli.Run("app", "replace-key", app, "--key-file", home["key.pem"]);
    }

    private static async Task<IEnumerable<string>> Verify(AppWorld world)
    {
        var verdicts = new List<string>();
        foreach (var one in Bound)
            verdicts.Add((await world.Api.Post<ConnectionView>($"connections/{one}/verify", new { })).Verdict.Kind);
        return verdicts;
    }

    /// <summary>Versions of everything that is sealed of Apps and credentials.</summary>
    private static Task<List<int>> Sealed(AppWorld world) =>
        world.Server.With(db =>
            db.Set<SealedRow>()
                .Where(row => row.Owner.StartsWith("app/") || row.Owner.StartsWith("credential/"))
                .Select(row => row.Version)
                .ToListAsync()
        );
}
