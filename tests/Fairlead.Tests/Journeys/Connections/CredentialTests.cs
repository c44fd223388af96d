using System.Net.Http.Json;
using Fairlead.Contracts.Connections;
using Fairlead.Contracts.Credentials;
using Fairlead.Emulators.Git;
using Fairlead.Server.Vault;
using static Fairlead.Tests.Journeys.Connections.ConnectionStage;

namespace Fairlead.Tests.Journeys.Connections;

/// <summary>Credentials as objects of their own: shared, replaced, forgotten, never shown.</summary>
public sealed class CredentialTests
{
    private const string Path = "/api/v1/credentials";

    [Fact]
    public async Task Two_connections_share_one_and_a_replacement_reaches_both()
    {
        await using var stage = await ConnectionStage.Start();
        var client = stage.Server.Maintainer;
        await MakeShared(stage, client);
        foreach (var name in new[] { "one", "two" })
            Assert.Equal("trusted", (await Create(client, Using(stage, name))).Verdict.Kind);

        stage.Host.AddUser("ada", "a new password");
        var refused = await Refused(await Replace(client, "a wrong password"), 422);
        Assert.Equal("credential.refused", refused.Code);
        Assert.StartsWith("one does not work with the new values: ", refused.Title);
        Assert.Equal(1, (await Read<CredentialInfo>(await client.GetAsync($"{Path}/acme"))).Version);

        var replaced = await Read<CredentialInfo>(await Replace(client, "a new password"));
        Assert.Equal((2, "ada"), (replaced.Version, replaced.Shown["username"]));
        Assert.Equal(["one", "two"], replaced.Connections.Order());
        foreach (var name in new[] { "one", "two" })
            Assert.Equal("trusted", (await Verify(client, name)).Verdict.Kind);
        Assert.Equal([2], await Versions(stage));
    }

    [Fact]
    public async Task In_use_it_is_not_deleted_without_force()
    {
        await using var stage = await ConnectionStage.Start();
        var client = stage.Server.Maintainer;
        await MakeShared(stage, client);
        await Create(client, Using(stage, "one"));
        var refused = await Refused(await client.DeleteAsync($"{Path}/acme"), 409);
        Assert.Equal("acme is used by one, so it was not deleted.", refused.Title);
        Assert.Equal(204, (int)(await client.DeleteAsync($"{Path}/acme?force=true")).StatusCode);
        Assert.Empty(await Versions(stage));
        Assert.Equal("rejected", (await Verify(client, "one")).Verdict.Kind);
    }

    [Fact]
    public async Task Nobody_uses_or_sees_the_credential_of_another()
    {
        await using var stage = await ConnectionStage.Start();
        await MakeShared(stage, stage.Server.Maintainer);
        await Refused(await stage.Server.Member.GetAsync($"{Path}/acme"), 404);
        var borrowed = await stage.Server.Member.PostAsJsonAsync("/api/v1/connections", Using(stage, "one"));
        var refused = await Refused(borrowed, 422);
        Assert.Contains(
            (refused.Parts ?? [refused]),
            part => part is { Code: "credential.unknown", Field: "credential" }
        );
    }

    [Fact]
    public async Task An_ssh_key_is_made_here_its_host_confirmed_and_its_public_half_shown()
    {
        await using var stage = await ConnectionStage.Start();
        using var dir = new Support.TempDir();
        await using var host = await SshGitHost.Start(dir, []);
        await host.Repositories.Create("app");
        var settings = new Dictionary<string, string> { ["url"] = host.UrlOf("app").ToString() };
        var client = stage.Server.Member;
        var made = await Create(client, new NewConnection("By key", "git-server") { Settings = settings });
        Assert.Equal("git.host-key-unknown", made.Verdict.Code);
        await host.Authorise([made.CredentialShown["publicKey"]]);

        var proposal = made.Verdict.Proposal!;
        var other = new ProposalConfirmation(proposal.Setting, "SHA256:something else");
        var confirm = "/api/v1/connections/by-key/confirm";
        Assert.Equal(
            "connection.proposal-gone",
            (await Refused(await client.PostAsJsonAsync(confirm, other), 409)).Code
        );
        var right = new ProposalConfirmation(proposal.Setting, proposal.Shown);
        var confirmed = await Read<ConnectionView>(await client.PostAsJsonAsync(confirm, right));
        Assert.Equal(
            ("trusted", "The repository answers and is still empty."),
            (confirmed.Verdict.Kind, confirmed.Verdict.Sentence)
        );
    }

    private static async Task MakeShared(ConnectionStage stage, HttpClient client)
    {
        var input = new NewCredential("Acme", "git-server")
        {
            Settings = new Dictionary<string, string> { ["auth"] = "password", ["username"] = "ada" },
            Secrets = new Dictionary<string, string> { ["password"] = Password },
        };
        await Read<CredentialInfo>(await client.PostAsJsonAsync(Path, input));
    }

    private static NewConnection Using(ConnectionStage stage, string name) =>
        new(name, "git-server")
        {
            Settings = new Dictionary<string, string> { ["url"] = stage.Host.UrlOf("app").ToString() },
            Credential = "acme",
        };

    private static Task<HttpResponseMessage> Replace(HttpClient client, string password) =>
        client.PutAsJsonAsync(
            $"{Path}/acme",
            new CredentialReplacement { Secrets = new Dictionary<string, string> { ["password"] = password } }
        );

    private static async Task<ConnectionView> Verify(HttpClient client, string id) =>
        await Read<ConnectionView>(await client.PostAsync($"/api/v1/connections/{id}/verify", null));

    private static Task<List<int>> Versions(ConnectionStage stage) =>
        stage.Server.With(db =>
            Task.FromResult(
                db.Set<SealedRow>()
                    .Where(row => row.Owner.StartsWith("credential/"))
                    .Select(row => row.Version)
                    .ToList()
            )
        );
}
