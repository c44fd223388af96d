using System.Text;
using Fairlead.Contracts;
using Fairlead.Contracts.Connections;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers;
using Fairlead.Providers.GitHttp;
using Fairlead.Server.Connections;
using Fairlead.Server.Credentials;
using Fairlead.Server.Vault;
using Fairlead.Tests.Contract.CodeHosts;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>
/// A person grants access on the host's page: what is bound by it, what is refused, and how it is kept fresh. The same
/// at every host, which adds one subclass.
/// </summary>
public abstract class OAuthJourney : CodeHostContract
{
    [Fact]
    public async Task Two_clicks_bind_a_host_and_the_tokens_are_sealed()
    {
        await using var world = await OAuthWorld.Make(Stage);
        await Stage.AddRepository("acme/shop");
        var view = await world.Bind();
        Assert.Equal(("trusted", "ada"), (view.Verdict.Kind, view.Verdict.Identity));
        Assert.Empty(view.Verdict.Missing);
        var found = await world.Api.Get<Page<RepositoryInfo>>("connections/code/repositories");
        Assert.Single(found.Items);
        var kept = await world.Server.With(db => db.Set<CredentialRow>().SingleAsync());
        Assert.Contains(Grant.AccessField, kept.Fields);
        Assert.Equal(["oauth"], kept.Shown.Values);
        var requests = await world.Server.With(db =>
            db.Set<SealedRow>().CountAsync(row => row.Owner.StartsWith("grant-request/"))
        );
        Assert.Equal(0, requests);
    }

    [Fact]
    public async Task What_was_denied_binds_nothing()
    {
        await using var world = await OAuthWorld.Make(Stage);
        var back = await world.Decide((await world.Start()).Address, allow: false);
        Assert.Contains("Access was denied on the page of", await world.Return(back));
        Assert.Contains("used already", await world.Return(back));
        Assert.Empty(await world.Connections());
    }

    [Fact]
    public async Task An_answer_counts_once_for_who_asked_and_only_with_its_state()
    {
        await using var world = await OAuthWorld.Make(Stage);
        var back = await world.Decide((await world.Start("code")).Address);
        Assert.Contains("belongs to another session", await world.Return(back, "mia"));
        var forged = new Uri(back, back.PathAndQuery.Replace("state=", "state=x"));
        Assert.Contains("Nobody here asked", await world.Return(forged));
        Assert.Contains("Nobody here asked", await world.Return(new Uri(back, back.AbsolutePath)));
        Assert.Empty(await world.Connections());
        Assert.Equal("/connections/code", await world.Return(back));
        Assert.Contains("it counts once", await world.Return(back));
        Assert.Equal(["code"], await world.Connections());
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_counts_for_nothing()
    {
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        await using var world = await OAuthWorld.Make(Stage, clock);
        var back = await world.Decide((await world.Start()).Address);
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Contains("came too late", await world.Return(back));
        Assert.Empty(await world.Connections());
    }

    [Fact]
    public async Task The_host_gives_nothing_for_a_code_with_another_verifier()
    {
        await using var world = await OAuthWorld.Make(Stage);
        var (first, second) = (await world.Start("one"), await world.Start("two"));
        var (mine, theirs) = (await world.Decide(first.Address), await world.Decide(second.Address));
        string Code(Uri uri) => System.Web.HttpUtility.ParseQueryString(uri.Query)["code"]!;
        var injected = new Uri(mine, mine.PathAndQuery.Replace(Code(mine), Code(theirs)));
        Assert.Contains("did not accept the code", await world.Return(injected));
        var third = await world.Decide((await world.Start("three")).Address);
        Stage.Door!.AnswersPage = true;
        Assert.Contains("answered with a web page where its tokens should be", await world.Return(third));
        Assert.Empty(await world.Connections());
    }

    [Fact]
    public async Task Twenty_callers_at_once_renew_a_grant_once()
    {
        Stage.Door!.Life = TimeSpan.FromHours(1);
        await using var world = await OAuthWorld.Make(Stage);
        await world.Bind();
        await world.Age();
        await Race(world.Server, 20);
        Assert.Equal((1, 0), (Stage.Door.Refreshed, Stage.Door.Reused));
        Assert.Equal("trusted", (await Verify(world)).Verdict.Kind);
        await world.Age(ended: true);
        await Race(world.Server, 20);
        Assert.Equal((2, 0), (Stage.Door.Refreshed, Stage.Door.Reused));
    }

    [Fact]
    public async Task A_passing_error_neither_ends_a_grant_nor_stops_a_token_that_is_still_good()
    {
        Stage.Door!.Life = TimeSpan.FromHours(1);
        await using var world = await OAuthWorld.Make(Stage);
        await world.Bind();
        Stage.Door.TokenFault = 503;
        await world.Age();
        Assert.Equal("trusted", (await Verify(world)).Verdict.Kind);
        await world.Age(ended: true);
        Assert.Equal(
            ("unreachable", "reach.host-failing"),
            (await Verify(world)).Verdict is var away ? (away.Kind, away.Code) : default
        );
        Stage.Door.TokenFault = null;
        Assert.Equal("trusted", (await Verify(world)).Verdict.Kind);
        Assert.Equal(1, Stage.Door.Refreshed);
    }

    [Fact]
    public async Task What_was_taken_back_at_the_host_is_said_and_can_be_granted_again()
    {
        Stage.Door!.Life = TimeSpan.FromHours(1);
        await using var world = await OAuthWorld.Make(Stage);
        await world.Bind();
        Stage.Door.TakeBack();
        Assert.Equal(("rejected", "grant.ended"), Said(await Verify(world)));
        Assert.Equal(("rejected", "grant.ended"), Said(await Verify(world)));
        var start = await world.Start(again: "code");
        Assert.Equal("/connections/code", await world.Return(await world.Decide(start.Address)));
        Assert.Equal("trusted", (await world.Api.Get<ConnectionView>("connections/code")).Verdict.Kind);
        Assert.Equal(["code"], await world.Connections());
    }

    [Fact]
    public async Task A_token_that_is_refused_before_its_end_is_renewed_once_and_a_new_one_is_final()
    {
        Stage.Door!.Life = TimeSpan.FromHours(1);
        await using var world = await OAuthWorld.Make(Stage);
        var (repository, _) = await Stage.AddRepository("acme/shop");
        await world.Bind();
        Stage.Door.RevokeTokens();
        Assert.Equal("trusted", (await Verify(world)).Verdict.Kind);
        Assert.Equal((1, 0), (Stage.Door.Refreshed, Stage.Door.Reused));
        var callers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Opened(world.Server)));
        Stage.Door.RevokeTokens();
        await Task.WhenAll(callers.Select(List));
        Assert.Equal((2, 0), (Stage.Door.Refreshed, Stage.Door.Reused));
        // A passing error of the token endpoint is told as what it is, and ends nothing.
        Stage.Door.RevokeTokens();
        Stage.Door.TokenFault = 503;
        Assert.Equal(("unreachable", "reach.host-failing"), Said(await Verify(world)));
        (Stage.Door.TokenFault, Stage.Door.GivesDeadTokens) = (null, true);
        Assert.Equal(("rejected", "grant.revoked"), Said(await Verify(world)));
        Stage.Door.GivesDeadTokens = false;
        Assert.Equal("trusted", (await Verify(world)).Verdict.Kind);
        Assert.Equal((4, 0), (Stage.Door.Refreshed, Stage.Door.Reused));
        // A job's git fetches by it through the server.
        var opened = await Opened(world.Server);
        Stage.Door.RevokeTokens();
        Assert.Contains("# service=git-upload-pack", await Fetched(opened, repository));
        Assert.Equal((5, 0), (Stage.Door.Refreshed, Stage.Door.Reused));
    }

    private async Task<string> Fetched(Bound opened, string repository)
    {
        var at = ((ICodeHost)opened.Provider).Locate(opened.Target, repository).Value;
        var login = await ((IWriteWithGit)opened.Provider).MintReadCredential(opened.Target, repository, Cancel);
        using var answer = new MemoryStream();
        var request = new UploadPackRequest(Protocol: null);
        var door = new UploadPack(Outside.Of(TimeProvider.System));
        var passed = await door.Pass(opened.Target, at, login.Value, request, answer, Cancel);
        Assert.True(passed.Ok, passed.Failure?.Sentence);
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    /// <summary>The connection, with the token that is good now.</summary>
    internal static async Task<Bound> Opened(TestServer server)
    {
        var id = await server.With(db => db.Set<ConnectionRow>().Select(row => row.Id).SingleAsync());
        await using var scope = server.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<ConnectionOpener>().Open(id, default)).Value;
    }

    internal static async Task List(Bound opened)
    {
        var found = await ((IListRepositories)opened.Provider).ListRepositories(opened.Target, default);
        Assert.True(found.Ok, found.Failure?.Sentence);
    }

    [Fact]
    public async Task Control_a_refresh_token_that_is_used_twice_ends_everything()
    {
        Stage.Door!.Life = TimeSpan.FromHours(1);
        await using var world = await OAuthWorld.Make(Stage);
        await world.Bind();
        await using var scope = world.Server.Services.CreateAsyncScope();
        var before = await Refresh(scope.ServiceProvider);
        await world.Age();
        await Race(world.Server, 1);
        var site = await Opened(world);
        Assert.Equal(
            "grant.ended",
            (await site.Host.Refresh(site.Site, site.Application, before, Cancel)).Failure?.Code
        );
        Assert.Equal(1, Stage.Door.Reused);
        Assert.Equal(("rejected", "grant.ended"), Said(await Verify(world)));
    }

    internal static async Task Race(TestServer server, int callers)
    {
        var id = await server.With(db => db.Set<ConnectionRow>().Select(row => row.Id).SingleAsync());
        await Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(async _ =>
                {
                    await using var scope = server.Services.CreateAsyncScope();
                    var opened = await scope.ServiceProvider.GetRequiredService<ConnectionOpener>().Open(id, default);
                    Assert.True(opened.Ok, opened.Failure?.Sentence);
                    Assert.Equal([Grant.AccessField], opened.Value.Target.Secrets.Keys);
                    Assert.False(opened.Value.Target.Secrets[Grant.AccessField].IsEmpty);
                })
        );
    }

    private static (string, string?) Said(ConnectionView view) => (view.Verdict.Kind, view.Verdict.Code);

    private static Task<ConnectionView> Verify(OAuthWorld world) =>
        world.Api.Post<ConnectionView>("connections/code/verify", new { });

    private static async Task<Core.Secrets.Secret> Refresh(IServiceProvider services)
    {
        var db = services.GetRequiredService<Fairlead.Server.Data.FairleadDb>();
        var row = await db.Set<CredentialRow>().AsNoTracking().SingleAsync();
        return (await services.GetRequiredService<CredentialSecrets>().Open(row, default))[Grant.RefreshField];
    }

    private static async Task<Fairlead.Server.Authorisations.OpenedApplication> Opened(OAuthWorld world)
    {
        await using var scope = world.Server.Services.CreateAsyncScope();
        var row = await world.Server.With(db =>
            db.Set<Fairlead.Server.Authorisations.ApplicationRow>().AsNoTracking().SingleAsync()
        );
        var open = scope.ServiceProvider.GetRequiredService<Fairlead.Server.Authorisations.OpenApplication>();
        return (await open.Run(row, default)).Value;
    }
}
