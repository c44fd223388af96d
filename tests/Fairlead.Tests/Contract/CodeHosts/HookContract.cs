using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fairlead.Core.Events;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Contract.CodeHosts;

/// <summary>Hooks are registered, heard, believed only when proven, and taken away.</summary>
public abstract class HookContract : CodeHostContract
{
    private static readonly Secret Key = new Secret(RandomNumberGenerator.GetHexString(64, lowercase: true));

    /// <summary>Those of all hosts, and some of none.</summary>
    private static readonly string?[] EventNames =
    [
        null,
        "",
        "push",
        "pull_request",
        "ping",
        "release",
        "repo:push",
        "pullrequest:created",
        "repo:refs_changed",
        "pr:opened",
        "pr:modified",
        "diagnostics:ping",
        new('x', 9000),
    ];

    [Fact]
    public async Task A_hook_is_made_found_mended_and_removed()
    {
        var hooks = Can<IManageHooks>();
        var (name, _) = await Stage.AddRepository("acme/shop");
        var wish = new HookWish(new Uri("http://127.0.0.1:9/hooks/one"), Key);
        var made = Good(await hooks.Hooks.Create(Stage.Target, name, wish, Cancel));
        var listed = Assert.Single(Good(await hooks.Hooks.List(Stage.Target, name, Cancel)));
        Assert.Equal((made.Id, wish.Url.AbsoluteUri), (listed.Id, listed.Url));
        Assert.True(listed is { IsActive: true, HearsAll: true });
        Assert.IsType<HookStep.Keep>(HookUpkeep.Decide([listed], wish.Url, made.Id, true).Step);

        var elsewhere = wish with { Url = new Uri("http://127.0.0.1:9/hooks/two") };
        Good(await hooks.Hooks.Repair(Stage.Target, name, made.Id, elsewhere, Cancel));
        Assert.Equal(
            elsewhere.Url.AbsoluteUri,
            Assert.Single(Good(await hooks.Hooks.List(Stage.Target, name, Cancel))).Url
        );

        Good(await hooks.Hooks.Delete(Stage.Target, name, made.Id, Cancel));
        Good(await hooks.Hooks.Delete(Stage.Target, name, made.Id, Cancel));
        Assert.Empty(Good(await hooks.Hooks.List(Stage.Target, name, Cancel)));
    }

    [Fact]
    public async Task A_real_push_is_delivered_proven_and_read()
    {
        await using var heard = await Listen();
        var first = await heard.Work.Write("a", "1").Push("first");
        var second = await heard.Work.Write("a", "2").Push("second");
        Assert.Equal([(null, first), (first, second)], await heard.Moves("refs/heads/main", 2));
        await heard.Work.Tag("v1");
        Assert.Equal([(null, second)], await heard.Moves("refs/tags/v1", 1));
        await heard.Work.Git("push", "--quiet", "origin", "main:topic/one");
        await heard.Work.Git("push", "--quiet", "origin", ":topic/one");
        var was = TellsWhereGoneBranchesWere ? second : null;
        Assert.Equal([(null, second), (was, null)], await heard.Moves("refs/heads/topic/one", 2));
    }

    [Fact]
    public async Task Several_refs_of_one_push_all_arrive()
    {
        await using var heard = await Listen();
        var commit = await heard.Work.Write("a", "1").Push("first");
        await heard.Work.Git("push", "--quiet", "origin", "main:one", "main:two", "main:three");
        foreach (var name in new[] { "one", "two", "three" })
            Assert.Equal([(null, commit)], await heard.Moves($"refs/heads/{name}", 1));
    }

    [Fact]
    public async Task One_flipped_byte_and_the_proof_is_none()
    {
        await using var heard = await Listen();
        await heard.Work.Write("a", "1").Push("first");
        var post = (await heard.Sink.Wait(1, _ => true))[^1];
        var receive = Can<IReceiveHooks>();
        Assert.True(receive.CarriesProof(post.Header));
        Assert.True(receive.IsAuthentic(post.Header, post.Body, [Key]));
        Assert.True(receive.IsAuthentic(post.Header, post.Body, [new Secret("another"), Key]));
        Assert.False(receive.IsAuthentic(post.Header, post.Body, [new Secret("another")]));
        Assert.False(receive.IsAuthentic(post.Header, post.Body, []));
        foreach (var at in new[] { 0, post.Body.Length / 2, post.Body.Length - 1 })
        {
            var flipped = post.Body.ToArray();
            flipped[at] ^= 1;
            Assert.False(receive.IsAuthentic(post.Header, flipped, [Key]) && ProvesBody);
        }
        Assert.False(receive.CarriesProof(_ => null));
        Assert.False(receive.IsAuthentic(_ => "", post.Body, [Key]));
        Assert.False(receive.IsAuthentic(_ => "sha256=", post.Body, [Key]));
    }

    [Fact]
    public void Whatever_the_bytes_are_reading_never_throws_and_says_why_it_does_nothing()
    {
        var receive = Can<IReceiveHooks>();
        string[] bodies =
        [
            "",
            "null",
            "[]",
            "{}",
            "{\"ref\":1}",
            "{\"repository\":\"x\"}",
            "{\"ref\":\"refs/heads/main\",\"after\":\"zz\",\"repository\":{\"id\":\"x\"}}",
            "{\"push\":{\"changes\":[null,{},{\"new\":{\"type\":\"branch\",\"name\":\"x\"}}]}}",
            "{\"changes\":[null,{},{\"ref\":null},{\"ref\":{\"id\":\"refs/heads/x\"}}]}",
            "{\"pullrequest\":{\"source\":null},\"pullRequest\":{\"fromRef\":{}}}",
            new('[', 100_000),
            "\u0000\uFFFF",
        ];
        foreach (var body in bodies)
        foreach (var name in EventNames)
        {
            var reading = receive.Read(name, Encoding.UTF8.GetBytes(body));
            Assert.True(reading.Events.Count > 0 || reading.IgnoredBecause?.EndsWith('.') == true, $"{name}: {body}");
        }
    }

    [Fact]
    public async Task What_the_host_sent_is_listed_and_read_there_as_it_was_delivered()
    {
        var kept = Can<IKeepDeliveries>();
        await using var heard = await Listen();
        await heard.Work.Write("a", "1").Push("<first> & \"only\"");
        var post = (await heard.Sink.Wait(1, heard.IsPush))[0];
        var since = TimeProvider.System.GetUtcNow().AddHours(-1);
        var sent = Good(await kept.ListDeliveries(Stage.Target, heard.Name, heard.HookId, since, Cancel));
        var receive = Can<IReceiveHooks>();
        var one = Assert.Single(sent, one => one.DeliveryId == receive.DeliveryId(post.Header));
        Assert.True(one.Arrived);
        Assert.Equal(receive.EventName(post.Header), one.Event);
        var body = Good(await kept.ReadDelivery(Stage.Target, heard.Name, heard.HookId, one, Cancel));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(post.Body), JsonNode.Parse(body)));
    }

    [Fact]
    public async Task A_commit_shows_the_last_word_of_each_context()
    {
        var report = Can<IReportStatus>();
        var (name, _) = await Stage.AddRepository("acme/shop");
        var (url, user, password) = Stage.Git(name);
        using var work = await WorkCopy.Of(url, user, password);
        var commit = CommitSha.Parse(await work.Write("a", "b").Push("first"));
        var link = new Uri("https://fairlead.example.com/builds/7");
        var pending = new CommitStatus(commit, CommitState.Pending, "fairlead/demo/app", new string('x', 400), link);
        Good(await report.ReportStatus(Stage.Target, name, pending, Cancel));
        Good(await report.ReportStatus(Stage.Target, name, pending, Cancel));
        Assert.Equal(Stage.StateWords.Pending, Stage.Statuses(name, commit.Value)[0].State);
        Good(await report.ReportStatus(Stage.Target, name, pending with { State = CommitState.Success }, Cancel));
        Assert.Equal(
            ("fairlead/demo/app", Stage.StateWords.Success, link.AbsoluteUri),
            Stage.Statuses(name, commit.Value)[0]
        );
    }

    /// <summary>False for hosts whose only proof is a token beside the body.</summary>
    protected virtual bool ProvesBody => true;

    /// <summary>False for hosts that say no more of a deleted branch than its name.</summary>
    protected virtual bool TellsWhereGoneBranchesWere => true;

    private async Task<Heard> Listen()
    {
        var (name, id) = await Stage.AddRepository("acme/shop");
        var sink = await HookSink.Start();
        var hook = Good(
            await Can<IManageHooks>().Hooks.Create(Stage.Target, name, new HookWish(sink.Url, Key), Cancel)
        );
        var (url, user, password) = Stage.Git(name);
        return new Heard(Can<IReceiveHooks>(), sink, name, id, hook.Id, await WorkCopy.Of(url, user, password));
    }

    /// <summary>A hook that is listened to, and a clone to push from.</summary>
    private sealed record Heard(
        IReceiveHooks Receive,
        HookSink Sink,
        string Name,
        string RepositoryId,
        string HookId,
        WorkCopy Work
    ) : IAsyncDisposable
    {
        public bool IsPush(HookSink.Post post) => Claims(post).Any();

        /// <summary>What was told of one ref, oldest first; null stands for "not there".</summary>
        public async Task<List<(string?, string?)>> Moves(string name, int count)
        {
            var posts = await Sink.Wait(count, post => Claims(post).Any(claim => claim.Ref.Full == name));
            return
            [
                .. posts
                    .SelectMany(Claims)
                    .Where(claim => claim.Ref.Full == name)
                    .Select(claim => (Text(claim.Before), Text(claim.After))),
            ];
        }

        public async ValueTask DisposeAsync()
        {
            Work.Dispose();
            await Sink.DisposeAsync();
        }

        private IEnumerable<Claim> Claims(HookSink.Post post)
        {
            Assert.True(Receive.IsAuthentic(post.Header, post.Body, [Key]));
            var reading = Receive.Read(Receive.EventName(post.Header), post.Body);
            Assert.Equal(RepositoryId, reading.RepositoryId);
            return reading.Events.OfType<HostEvent.RefMoved>().Select(moved => moved.Claim);
        }

        private static string? Text(CommitSha? commit) => commit is { IsZero: false } there ? there.Value : null;
    }
}
