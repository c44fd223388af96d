using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Connections;
using Fairlead.Server.Audit;
using Fairlead.Server.Connections;
using Fairlead.Server.Credentials;
using Fairlead.Server.Events;
using Fairlead.Server.Images;
using Fairlead.Server.Vault;
using static Fairlead.Tests.Journeys.Connections.ConnectionStage;

namespace Fairlead.Tests.Journeys.Connections;

/// <summary>What people do with connections, through the API of a real server against a real host.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task Made_verified_and_its_branches_listed()
    {
        await using var stage = await ConnectionStage.Start();
        var made = await Create(stage.Server.Maintainer, stage.Git());
        Assert.Equal(("acme-git", "trusted", "ada"), (made.Id, made.Verdict.Kind, made.Verdict.Identity));
        Assert.Equal("Reads 1 branch and 0 tags.", made.Verdict.Sentence);
        Assert.Equal("ada", made.CredentialShown["username"]);
        Assert.DoesNotContain("username", made.Settings.Keys);
        var refs = await Read<RefsInfo>(await stage.Server.Maintainer.GetAsync("/api/v1/connections/acme-git/refs"));
        Assert.Equal(("main", "refs/heads/main"), (refs.DefaultBranch, Assert.Single(refs.Refs.Items).Ref));
    }

    [Fact]
    public async Task A_wrong_password_is_a_verdict_with_a_remedy_and_waits_for_a_person()
    {
        await using var stage = await ConnectionStage.Start();
        var made = await Create(stage.Server.Member, stage.Git(password: "wrong password"));
        Assert.Equal(("rejected", "git.login-refused"), (made.Verdict.Kind, made.Verdict.Code));
        Assert.Equal("127.0.0.1 refused the user name or password.", made.Verdict.Sentence);
        Assert.NotNull(made.Verdict.Remedy);
        Assert.Null(made.NextVerifyAt);
    }

    [Fact]
    public async Task All_failures_of_a_form_come_at_once_and_nothing_is_left()
    {
        await using var stage = await ConnectionStage.Start();
        var input = new NewConnection("", "git-server")
        {
            Id = "Not An Id",
            Settings = new Dictionary<string, string> { ["url"] = "https://ada:secret@h.example/x", ["bogus"] = "1" },
            Scope = "custom",
        };
        var answer = await stage.Server.Maintainer.PostAsJsonAsync("/api/v1/connections", input);
        var problem = await Refused(answer, 422);
        var fields = problem.Parts!.Select(part => part.Field!).ToHashSet();
        Assert.Superset(new HashSet<string> { "name", "id", "url", "bogus", "password", "people" }, fields);
        Assert.DoesNotContain("secret@", await answer.Content.ReadAsStringAsync());
        Assert.Equal(0, await stage.Server.With(db => Task.FromResult(db.Set<ConnectionRow>().Count())));
        Assert.Equal(0, await stage.Server.With(db => Task.FromResult(db.Set<CredentialRow>().Count())));
    }

    [Fact]
    public async Task Somebody_elses_private_connection_does_not_exist_and_an_administrator_may_hand_it_over()
    {
        await using var stage = await ConnectionStage.Start();
        var (server, path) = (stage.Server, "/api/v1/connections/acme-git");
        await Create(server.Member, stage.Git());
        var problem = await Refused(await server.Maintainer.GetAsync(path), 404);
        Assert.Equal("There is no connection acme-git that you may see.", problem.Title);
        Assert.Equal(
            0,
            (await Read<Page<ConnectionView>>(await server.Maintainer.GetAsync("/api/v1/connections"))).Total
        );

        var outline = await Read<ConnectionView>(await server.Administrator.GetAsync(path));
        Assert.Equal((false, "max", ""), (outline.Usable, outline.Owner, outline.Verdict.Sentence));
        Assert.Empty(outline.Settings);
        await Refused(await server.Administrator.GetAsync($"{path}/refs"), 404);
        var change = new ConnectionChange { Name = "Mine" };
        Assert.Equal(
            "connection.private",
            (await Refused(await server.Administrator.PatchAsJsonAsync(path, change), 403)).Code
        );
        await Read<ConnectionView>(
            await server.Administrator.PatchAsJsonAsync(path, new ConnectionChange { Owner = "mia" })
        );
        Assert.True((await Read<ConnectionView>(await server.Maintainer.GetAsync(path))).Usable);
        await Refused(await server.Member.GetAsync(path), 404);
    }

    [Fact]
    public async Task Shared_with_everyone_or_with_some()
    {
        await using var stage = await ConnectionStage.Start();
        var (server, path) = (stage.Server, "/api/v1/connections/acme-git");
        var refused = await server.Member.PostAsJsonAsync("/api/v1/connections", stage.Git(scope: "public"));
        Assert.Equal("connection.sharing", (await Refused(refused, 403)).Code);
        await Create(server.Maintainer, stage.Git(scope: "custom") with { People = ["max"] });
        var seen = await Read<ConnectionView>(await server.Member.GetAsync(path));
        Assert.Equal((true, false), (seen.Usable, seen.Editable));
        Assert.Equal(["max"], seen.People);
        await Refused(await server.Member.DeleteAsync(path), 403);
        await Read<ConnectionView>(
            await server.Maintainer.PatchAsJsonAsync(path, new ConnectionChange { Scope = "private" })
        );
        await Refused(await server.Member.GetAsync(path), 404);
    }

    [Fact]
    public async Task In_use_it_is_neither_deleted_nor_narrowed_without_force()
    {
        await using var stage = await ConnectionStage.Start();
        var (server, path) = (stage.Server, "/api/v1/connections/acme-git");
        await Create(server.Maintainer, stage.Git(scope: "public"));
        await server.With(async db =>
        {
            var connection = db.Set<ConnectionRow>().Single();
            var source = new SourceRow
            {
                ConnectionId = connection.Id,
                Repository = "",
                HookId = "h",
                NextPollAt = DateTimeOffset.MaxValue,
            };
            var space = new NamespaceRow { Name = "team" };
            db.AddRange(source, space);
            await db.SaveChangesAsync();
            db.Add(
                new ImageRow
                {
                    NamespaceId = space.Id,
                    Name = "app",
                    SourceId = source.Id,
                }
            );
            return await db.SaveChangesAsync();
        });
        var deleted = await Refused(await server.Maintainer.DeleteAsync(path), 409);
        Assert.Equal("acme-git is used by team/app, so it was not deleted.", deleted.Title);
        var narrower = new ConnectionChange { Scope = "private" };
        var narrowed = await Refused(await server.Maintainer.PatchAsJsonAsync(path, narrower), 409);
        Assert.Equal("acme-git is used by team/app, so it was not narrowed.", narrowed.Title);
        await Read<ConnectionView>(await server.Maintainer.PatchAsJsonAsync(path, narrower with { Force = true }));
        var users = (await Read<Page<ConnectionUser>>(await server.Maintainer.GetAsync($"{path}/users"))).Items;
        Assert.Equal(new ConnectionUser("image", "team/app"), Assert.Single(users));
        Assert.Equal(204, (int)(await server.Maintainer.DeleteAsync($"{path}?force=true")).StatusCode);
        Assert.Equal(
            (0, 0),
            await server.With(db => Task.FromResult((db.Set<CredentialRow>().Count(), db.Set<SourceRow>().Count())))
        );
        Assert.False(
            await server.With(db =>
                Task.FromResult(db.Set<SealedRow>().Any(row => row.Owner.StartsWith("credential/")))
            )
        );
        Assert.True(
            await server.With(db => Task.FromResult(db.Set<AuditRow>().Any(row => row.What == "connection.deleted")))
        );
    }

    [Fact]
    public async Task Without_a_rule_this_machine_is_out_of_reach_and_a_rule_says_what_to_verify_anew()
    {
        await using var stage = await ConnectionStage.Start();
        var (server, path) = (stage.Server, "/api/v1/connections/acme-git");
        var rules = (await Read<Page<ReachRuleInfo>>(await server.Administrator.GetAsync("/api/v1/reach-rules"))).Items;
        Assert.Equal(
            204,
            (int)(await server.Administrator.DeleteAsync($"/api/v1/reach-rules/{rules[0].Id}")).StatusCode
        );
        var made = await Create(server.Maintainer, stage.Git());
        Assert.Equal(("misconfigured", "reach.address-private"), (made.Verdict.Kind, made.Verdict.Code));
        Assert.Equal("127.0.0.1 leads into a private network or to this machine.", made.Verdict.Sentence);
        var rule = new NewReachRule("127.0.0.1", "127.0.0.1");
        await Refused(await server.Maintainer.PostAsJsonAsync("/api/v1/reach-rules", rule), 403);
        await Read<ReachRuleInfo>(await server.Administrator.PostAsJsonAsync("/api/v1/reach-rules", rule));
        var tls = await Read<ConnectionView>(await server.Maintainer.PostAsync($"{path}/verify", null));
        Assert.Equal("reach.plain-http", tls.Verdict.Code);
    }

    [Fact]
    public async Task A_credential_of_somebody_else_is_not_sent_elsewhere()
    {
        await using var stage = await ConnectionStage.Start();
        var (server, path) = (stage.Server, "/api/v1/connections/acme-git");
        await Create(server.Maintainer, stage.Git(scope: "public"));
        var elsewhere = new ConnectionChange
        {
            Settings = new Dictionary<string, string> { ["url"] = "https://evil.example/x" },
        };
        var refused = await Refused(await server.Administrator.PatchAsJsonAsync(path, elsewhere), 403);
        Assert.Equal("connection.credential-not-yours", refused.Code);
    }

    [Fact]
    public async Task Kinds_carry_their_forms()
    {
        await using var stage = await ConnectionStage.Start();
        var kinds = await Read<List<KindInfo>>(await stage.Server.Member.GetAsync("/api/v1/kinds"));
        Assert.Equal(2, kinds.Count(kind => kind.Kind is "git-server" or "image-registry"));
        Assert.Distinct(kinds.Select(kind => kind.Kind));
        Assert.All(kinds, kind => Assert.Contains(kind.Fields, field => field is { Secret: true, Type: "secret" }));
    }
}
