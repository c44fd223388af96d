using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Builds;
using Fairlead.Contracts.Connections;
using Fairlead.Contracts.Events;
using Fairlead.Contracts.Images;
using Fairlead.Tests.Contract.CodeHosts.GitHub;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>
/// A life of pull requests at a host: what is open is built under its own name, once for each commit, told to the host,
/// and forks only where the rule says so.
/// </summary>
public sealed class RequestBuildTests : IAsyncLifetime
{
    private const string Repository = "acme/shop";
    private const string Fork = "eve/shop";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private GitHubStage _host = null!;
    private TestServer _server = null!;
    private JsonApi _api = null!;
    private WorkCopy _ours = null!;
    private WorkCopy _theirs = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await GitHubStage.Start();
        _server = await TestServer.Start(
            null,
            plain => plain with { RegistryListen = "127.0.0.1:1" },
            QuietServer.NoBuilds
        );
        _api = new JsonApi(() => _server.Administrator);
        await _api.Post<ReachRuleInfo>("reach-rules", new NewReachRule("*", "127.0.0.0/8") { PlainHttp = true });
        await _api.Connect("code", _host);
        _ours = await Copy(Repository);
        _theirs = await Copy(Fork);
        await _ours.Write("Dockerfile", "FROM scratch\n").Push("first");
    }

    public async ValueTask DisposeAsync()
    {
        _ours.Dispose();
        _theirs.Dispose();
        await _server.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Requests_are_built_by_their_rule_until_they_are_closed()
    {
        var rule = await Bind();

        var head = await Commit(_ours, "fix");
        var request = await _host.Requests.Ask(Repository, "fix", title: "Mend it");
        var first = await Build(head);
        Assert.Equal(("refs/pull/1/head", "queued"), (first.Ref, first.State));
        Assert.Equal(["pr-1"], first.Versions);
        var told = await Event("refs/pull/1/head", head);
        Assert.Equal(("request", "hook", "Build 1."), (told.Kind, told.HeardBy, told.Became));
        Assert.Equal(new RequestInfo(1, "Mend it", "main", false), told.Request);
        await Eventually.True(
            "the host shows it at the head",
            () => _host.Statuses(Repository, head).FirstOrDefault().State == "pending",
            Patience
        );

        var newer = await Commit(_ours, "fix");
        var second = await Build(newer);
        Assert.Equal("build.superseded", (await Get(first.Id)).Failure!.Code);

        // Somebody else's repository of the same name: the id tells it.
        var strange = await Commit(_theirs, "main");
        var theirs = await _host.Requests.Ask(Repository, "main", from: Fork);
        var ignored = await Event("refs/pull/2/head", strange);
        Assert.True(ignored.Request!.FromFork);
        Assert.Equal("Not built: pull request 2 is from a fork, and the rule builds none of those.", ignored.Became);
        await Replace(rule.Id, rule.Rule with { Forks = true });
        var opened = await Build(await Commit(_theirs, "main"));
        Assert.Equal(("refs/pull/2/head", "pr-2"), (opened.Ref, opened.Versions.Single()));

        await _host.Requests.Close(theirs);
        await Eventually.True(
            "nobody waits for it any more",
            async () => (await Get(opened.Id)).Failure?.Code == "build.request-closed",
            Patience
        );
        Assert.Equal("queued", (await Get(second.Id)).State);
        await _host.Requests.Close(request, merged: true);
        await Eventually.True("it is merged", async () => (await Get(second.Id)).State == "cancelled", Patience);

        var before = await Count();
        await SendAllAgain();
        Assert.Equal(before, await Count());

        await _host.Requests.Reopen(request);
        await Eventually.True("it is built again", async () => await Count() == before + 1, Patience);
    }

    [Fact]
    public async Task A_host_that_does_not_tell_of_its_requests_keeps_no_branch_waiting()
    {
        await Bind();
        _host.Break(new Fairlead.Emulators.Hosting.Fault.Answer(502));
        var head = await Commit(_ours, "fix");
        await _host.Requests.Ask(Repository, "fix");
        var failed = await Eventually.Value(
            "the delivery says why",
            async () => (await _api.Get<Page<DeliveryInfo>>("deliveries?state=failed")).Items.FirstOrDefault(),
            Patience
        );
        Assert.StartsWith("The open pull requests could not be listed: ", failed.Became);
        var pushed = await _ours.Push("a branch");
        await Event("refs/heads/main", pushed);

        _host.Break(null);
        await _api.Post<ReplayResult>($"sources/{failed.Source}/look", new { });
        Assert.Equal("refs/pull/1/head", (await Build(head)).Ref);
    }

    private async Task<RuleInfo> Bind()
    {
        var image = await _api.Post<ImageInfo>(
            "images",
            new ImageInput
            {
                Namespace = "demo",
                Name = "app",
                CreateNamespace = true,
                Connection = "code",
                Repository = Repository,
                Rules =
                [
                    new RuleInput
                    {
                        Type = "request",
                        Pattern = "main",
                        Versions = ["pr-{request}"],
                    },
                ],
            }
        );
        await Eventually.True(
            "it is listened to, and what is open is known",
            async () =>
                (await _api.Get<Page<HookInfo>>("hooks")).Items.Any(hook => hook.State == "registered")
                && (await _api.Get<SourceInfo>($"sources/{image.Source!.SourceId}")).LookedAt is not null,
            Patience
        );
        return (await _api.Get<Page<RuleInfo>>("images/demo/app/rules")).Items.Single();
    }

    private async Task Replace(long rule, RuleInput input)
    {
        var answer = await _server.Administrator.PutAsJsonAsync($"/api/v1/images/demo/app/rules/{rule}", input);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static int _texts;

    private static async Task<string> Commit(WorkCopy work, string branch)
    {
        await work.Write("a", $"{++_texts}").Git("add", "--all");
        await work.Git("commit", "--quiet", "--message", "change");
        await work.Git("push", "--quiet", "--force", "origin", $"HEAD:refs/heads/{branch}");
        return (await work.Git("rev-parse", "HEAD")).Trim();
    }

    private async Task<WorkCopy> Copy(string repository)
    {
        await _host.AddRepository(repository);
        var (url, user, password) = _host.Git(repository);
        return await WorkCopy.Of(url, user, password);
    }

    private Task<BuildInfo> Build(string commit) =>
        Eventually.Value(
            $"{commit[..8]} is built",
            async () => (await _api.Get<Page<BuildInfo>>("builds")).Items.FirstOrDefault(one => one.Commit == commit),
            Patience,
            () => _server.Administrator.GetStringAsync("/api/v1/deliveries").Result
        );

    private Task<BuildInfo> Get(long id) => _api.Get<BuildInfo>($"builds/{id}");

    private async Task<int> Count() => (await _api.Get<Page<BuildInfo>>("builds")).Total;

    private Task<EventInfo> Event(string name, string commit) =>
        Eventually.Value(
            $"{name} is in the ledger",
            async () =>
                (await _api.Get<Page<EventInfo>>("events")).Items.FirstOrDefault(one =>
                    one.Ref == name && one.After == commit
                ),
            Patience
        );

    private async Task SendAllAgain()
    {
        foreach (var post in GapPosts.Of(_host.Host))
            Assert.True((int)await post.Send(_server.Anonymous) is 200 or 202);
        await Eventually.True(
            "all is settled",
            async () =>
                (await _api.Get<Page<DeliveryInfo>>("deliveries?state=received")).Total == 0
                && (await _api.Get<Page<DeliveryInfo>>("deliveries?state=waiting")).Total == 0,
            Patience
        );
    }
}
