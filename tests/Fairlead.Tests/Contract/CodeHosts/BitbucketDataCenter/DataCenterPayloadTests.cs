using System.Text.Json;
using Fairlead.Core.Events;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.CodeHosts.BitbucketDataCenter;

/// <summary>Payloads recorded by others are read as what they are, or ignored for a reason with a name.</summary>
public sealed class DataCenterPayloadTests
{
    private static readonly IReceiveHooks Host = (IReceiveHooks)DataCenterStage.Known();

    [Theory]
    [InlineData("push")]
    [InlineData("push_v5")]
    [InlineData("push_branch_create")]
    [InlineData("push_branch_delete")]
    [InlineData("push_tag_create")]
    [InlineData("push_tag_delete")]
    [InlineData("../fnb_push_branch_create")]
    public async Task Recorded_pushes_tell_the_ref_and_the_commits_that_stand_in_them(string file)
    {
        var body = await Shared($"webhooks/{file}.json");
        var payload = JsonDocument.Parse(body).RootElement;
        var change = Assert.Single(payload.GetProperty("changes").EnumerateArray());
        var reading = Host.Read("repo:refs_changed", body);
        var claim = Assert.IsType<HostEvent.RefMoved>(Assert.Single(reading.Events)).Claim;
        Assert.Equal(payload.GetProperty("repository").GetProperty("id").GetRawText(), reading.RepositoryId);
        Assert.Equal(change.GetProperty("refId").GetString(), claim.Ref.Full);
        Assert.Equal(change.GetProperty("fromHash").GetString(), claim.Before?.Value);
        Assert.Equal(change.GetProperty("toHash").GetString(), claim.After.Value);
        Assert.Equal(file.Contains("delete"), claim.After.IsZero);
    }

    [Theory]
    [InlineData("webhooks/push")]
    [InlineData("webhooks/push_v5")]
    [InlineData("fnb_push_update")]
    public async Task What_another_reader_expects_of_its_recordings_is_what_we_read(string file)
    {
        var golden = JsonDocument.Parse(await Shared($"{file}.json.golden")).RootElement;
        var reading = Host.Read("repo:refs_changed", await Shared($"{file}.json"));
        var claim = ((HostEvent.RefMoved)Assert.Single(reading.Events)).Claim;
        Assert.Equal(golden.GetProperty("Repo").GetProperty("ID").GetString(), reading.RepositoryId);
        Assert.Equal(golden.GetProperty("Ref").GetString(), claim.Ref.Full);
        Assert.Equal(golden.GetProperty("Before").GetString(), claim.Before?.Value);
        Assert.Equal(golden.GetProperty("After").GetString(), claim.After.Value);
    }

    [Theory]
    [InlineData("pr_open", "pr:opened", PullRequestChange.Opened)]
    [InlineData("pr_from_ref_updated", "pr:from_ref_updated", PullRequestChange.Updated)]
    [InlineData("pr_modified_toref", "pr:modified", PullRequestChange.Retargeted)]
    [InlineData("pr_merged", "pr:merged", PullRequestChange.Merged)]
    [InlineData("pr_declined", "pr:declined", PullRequestChange.Closed)]
    [InlineData("pr_deleted", "pr:deleted", PullRequestChange.Closed)]
    public async Task Recorded_pull_requests_tell_the_branches_and_the_commit(
        string file,
        string name,
        PullRequestChange change
    )
    {
        var golden = JsonDocument.Parse(await Shared($"webhooks/{file}.json.golden")).RootElement;
        var reading = Host.Read(name, await Shared($"webhooks/{file}.json"));
        var request = Assert.IsType<HostEvent.PullRequestChanged>(Assert.Single(reading.Events)).PullRequest;
        var expected = golden.GetProperty("PullRequest");
        Assert.Equal(golden.GetProperty("Repo").GetProperty("ID").GetString(), reading.RepositoryId);
        Assert.Equal((change, expected.GetProperty("Number").GetInt64()), (request.Change, request.Number));
        Assert.Equal(expected.GetProperty("Source").GetString(), request.Source);
        Assert.Equal(expected.GetProperty("Target").GetString(), request.Target);
        Assert.Equal(expected.GetProperty("Sha").GetString(), request.Head?.Value);
    }

    /// <summary>Newer releases write their dates as text.</summary>
    [Theory]
    [InlineData("pr_open_iso_dates", "pr:opened", PullRequestChange.Opened)]
    [InlineData("pr_merged_iso_dates", "pr:merged", PullRequestChange.Merged)]
    [InlineData("pr_declined_iso_dates", "pr:declined", PullRequestChange.Closed)]
    public async Task Dates_in_either_writing_are_no_matter(string file, string name, PullRequestChange change)
    {
        var reading = Host.Read(name, await Shared($"webhooks/{file}.json"));
        var request = Assert.IsType<HostEvent.PullRequestChanged>(Assert.Single(reading.Events)).PullRequest;
        Assert.Equal((change, "1"), (request.Change, reading.RepositoryId));
    }

    [Theory]
    [InlineData("pr_modified_meta", "pr:modified", "Neither its commits nor its target changed.")]
    [InlineData("push", "mirror:repo_synchronized", "It is neither a push nor a pull request.")]
    public async Task All_others_are_ignored_for_a_reason(string file, string name, string why) =>
        Assert.Equal(why, Host.Read(name, await Shared($"webhooks/{file}.json")).IgnoredBecause);

    [Fact]
    public async Task A_recorded_request_from_a_fork_is_known_for_one()
    {
        var golden = JsonDocument.Parse(await Shared("webhooks/pr_modified_meta.json.golden")).RootElement;
        var reading = Host.Read("pr:opened", await Shared("webhooks/pr_modified_meta.json"));
        Assert.Equal("~jcitizen/my-repo", golden.GetProperty("PullRequest").GetProperty("Fork").GetString());
        Assert.True(((HostEvent.PullRequestChanged)reading.Events.Single()).PullRequest.FromFork);
    }

    [Fact]
    public async Task None_of_the_recordings_is_left_out()
    {
        await Shared("webhooks/push.json");
        var files = Directory.GetFiles(Place("webhooks"), "*.json").Select(Path.GetFileNameWithoutExtension);
        var read = typeof(DataCenterPayloadTests)
            .GetMethods()
            .SelectMany(method => method.GetCustomAttributes(typeof(InlineDataAttribute), false))
            .Select(data => (string)((InlineDataAttribute)data).Data[0]!);
        Assert.Empty(files.Except(read));
    }

    [Fact]
    public async Task A_recorded_signature_fits_and_does_not_with_one_byte_flipped()
    {
        var body = await Shared("webhooks/push.json");
        // Its authors publish the secret and a digest that begins with c90565fa (facts/codehosts.md 2.2).
        var secret = new Secret("71295b197fa25f4356d2fb9965df3f2379d903d7");
        var signed = BoundSource.Sign(body, secret.Bytes.ToArray());
        Assert.StartsWith("sha256=c90565fa", signed);
        Assert.True(Host.IsAuthentic(Header(signed), body, [secret]));
        body[body.Length / 2] ^= 1;
        Assert.False(Host.IsAuthentic(Header(signed), body, [secret]));
    }

    private static HeaderOf Header(string signed) => name => name == "X-Hub-Signature" ? signed : null;

    private static string Place(string file) =>
        Path.Combine(RepositoryRoot.Path, "..", "shared", "fixtures", "go-scm", "stash", file);

    private static async Task<byte[]> Shared(string file)
    {
        if (!File.Exists(Place(file)))
            Assert.Skip("The recordings beside the project (shared/fixtures/go-scm) are not there.");
        return await File.ReadAllBytesAsync(Place(file));
    }
}
