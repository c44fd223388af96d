using System.Text;
using System.Text.Json;
using Fairlead.Core.Events;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.CodeHosts.BitbucketCloud;

/// <summary>Payloads recorded by others are read as what they are, or ignored for a reason with a name.</summary>
public sealed class BitbucketPayloadTests
{
    private const string Nothing = "It is neither a push nor a pull request.";
    private static readonly IReceiveHooks Host = (IReceiveHooks)BitbucketStage.Known();

    [Theory]
    [InlineData("push")]
    [InlineData("push_branch_create")]
    [InlineData("push_tag_create")]
    public async Task Recorded_pushes_tell_what_another_reader_expects_of_them(string file)
    {
        var golden = JsonDocument.Parse(await Shared($"{file}.json.golden")).RootElement;
        var reading = Host.Read("repo:push", await Shared($"{file}.json"));
        var claim = Assert.IsType<HostEvent.RefMoved>(Assert.Single(reading.Events)).Claim;
        Assert.Equal(golden.GetProperty("Repo").GetProperty("ID").GetString(), reading.RepositoryId);
        Assert.Equal(golden.GetProperty("Ref").GetString(), claim.Ref.Full);
        Assert.Equal(golden.GetProperty("After").GetString(), claim.After.Value);
        Assert.Equal(golden.TryGetProperty("Before", out var before), claim.Before is { IsZero: false });
        if (claim.Before is { IsZero: false } was)
            Assert.Equal(before.GetString(), was.Value);
    }

    [Theory]
    [InlineData("push_branch_delete", "refs/heads/")]
    [InlineData("push_tag_delete", "refs/tags/")]
    public async Task Recorded_ends_tell_the_name_and_where_it_was(string file, string below)
    {
        var golden = JsonDocument.Parse(await Shared($"{file}.json.golden")).RootElement.GetProperty("Ref");
        var reading = Host.Read("repo:push", await Shared($"{file}.json"));
        var claim = Assert.IsType<HostEvent.RefMoved>(Assert.Single(reading.Events)).Claim;
        Assert.Equal(below + golden.GetProperty("Name").GetString(), claim.Ref.Full);
        Assert.Equal(golden.GetProperty("Sha").GetString(), claim.Before?.Value);
        Assert.True(claim.After.IsZero);
    }

    [Theory]
    [InlineData("pr_created", "pullrequest:created", PullRequestChange.Opened)]
    [InlineData("pr_updated", "pullrequest:updated", PullRequestChange.Updated)]
    [InlineData("pr_fulfilled", "pullrequest:fulfilled", PullRequestChange.Merged)]
    [InlineData("pr_declined", "pullrequest:rejected", PullRequestChange.Closed)]
    public async Task Recorded_pull_requests_tell_the_branches_and_no_short_commit(
        string file,
        string name,
        PullRequestChange change
    )
    {
        var golden = JsonDocument.Parse(await Shared($"{file}.json.golden")).RootElement;
        var reading = Host.Read(name, await Shared($"{file}.json"));
        var request = Assert.IsType<HostEvent.PullRequestChanged>(Assert.Single(reading.Events)).PullRequest;
        var expected = golden.GetProperty("PullRequest");
        Assert.Equal(golden.GetProperty("Repo").GetProperty("ID").GetString(), reading.RepositoryId);
        Assert.Equal((change, expected.GetProperty("Number").GetInt64()), (request.Change, request.Number));
        Assert.Equal(expected.GetProperty("Source").GetString(), request.Source);
        Assert.Equal(expected.GetProperty("Target").GetString(), request.Target);
        Assert.Equal((12, (object?)null), (expected.GetProperty("Sha").GetString()!.Length, request.Head));
        Assert.False(request.FromFork);
    }

    [Theory]
    [InlineData("pr_comment_created", "pullrequest:comment_created")]
    [InlineData("pr_comment_deleted", "pullrequest:comment_deleted")]
    [InlineData("pipeline_hook_created", "repo:commit_status_created")]
    [InlineData("pipeline_hook_update", "repo:commit_status_updated")]
    public async Task All_others_are_ignored_for_a_reason(string file, string name) =>
        Assert.Equal(Nothing, Host.Read(name, await Shared($"{file}.json")).IgnoredBecause);

    [Fact]
    public async Task None_of_the_recordings_is_left_out()
    {
        await Shared("push.json");
        var files = Directory.GetFiles(Place(""), "*.json").Select(Path.GetFileNameWithoutExtension);
        var read = typeof(BitbucketPayloadTests)
            .GetMethods()
            .SelectMany(method => method.GetCustomAttributes(typeof(InlineDataAttribute), false))
            .Select(data => (string)((InlineDataAttribute)data).Data[0]!);
        Assert.Empty(files.Except(read));
    }

    [Fact]
    public async Task All_changes_of_one_delivery_are_read_and_an_odd_one_hides_no_other()
    {
        var one = JsonDocument.Parse(await Shared("push.json")).RootElement;
        var change = one.GetProperty("push").GetProperty("changes")[0].GetRawText();
        string Named(string name) => change.Replace("\"master\"", $"\"{name}\"");
        var body = $$$"""
            {"push":{"changes":[{{{Named("one")}}},{"new":{"type":"bookmark","name":"x"}},{{{Named("two")}}}]},
            "repository":{"uuid":"{1}"}}
            """;
        var names = Host.Read("repo:push", Encoding.UTF8.GetBytes(body))
            .Events.Cast<HostEvent.RefMoved>()
            .Select(moved => moved.Claim.Ref.Full);
        Assert.Equal(["refs/heads/one", "refs/heads/two"], names);
        var none = Host.Read("repo:push", "{\"push\":{\"changes\":[]},\"repository\":{\"uuid\":\"{1}\"}}"u8);
        Assert.Equal("It tells of no change of a ref: nothing to do.", none.IgnoredBecause);
    }

    /// <summary>The vector that another host publishes for the same proof (facts/codehosts.md 2.2).</summary>
    [Fact]
    public void A_published_signature_fits_and_does_not_with_one_byte_flipped()
    {
        const string digest = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        var (body, secret) = ("Hello, World!"u8.ToArray(), new Secret("It's a Secret to Everybody"));
        Assert.True(Host.IsAuthentic(Header(digest), body, [secret]));
        Assert.False(Host.IsAuthentic(Header(digest.Replace('7', '8')), body, [secret]));
        Assert.False(Host.IsAuthentic(Header("sha1=" + digest[7..47]), body, [secret]));
        Assert.False(Host.IsAuthentic(name => name == "X-Hub-Signature-256" ? digest : null, body, [secret]));
        body[^1] ^= 1;
        Assert.False(Host.IsAuthentic(Header(digest), body, [secret]));
    }

    private static HeaderOf Header(string digest) => name => name == "X-Hub-Signature" ? digest : null;

    private static string Place(string file) =>
        Path.Combine(RepositoryRoot.Path, "..", "shared", "fixtures", "go-scm", "bitbucket", "webhooks", file);

    private static async Task<byte[]> Shared(string file)
    {
        if (!File.Exists(Place(file)))
            Assert.Skip("The recordings beside the project (shared/fixtures/go-scm) are not there.");
        return await File.ReadAllBytesAsync(Place(file));
    }
}
