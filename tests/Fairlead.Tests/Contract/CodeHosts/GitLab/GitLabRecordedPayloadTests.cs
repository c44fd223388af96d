using System.Text.Json;
using Fairlead.Core.Events;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.CodeHosts.GitLab;

/// <summary>Payloads recorded by others are read as what they are, or ignored for a reason with a name.</summary>
public sealed class GitLabRecordedPayloadTests
{
    private const string Other = "It is neither a push nor a merge request.";
    private static readonly IReceiveHooks Host = (IReceiveHooks)GitLabStage.Known();

    [Theory]
    [InlineData("push")]
    [InlineData("push_subgroup")]
    [InlineData("push_merge")]
    [InlineData("branch_create")]
    [InlineData("branch_delete")]
    [InlineData("branch_delete_subgroup")]
    [InlineData("tag_create")]
    [InlineData("tag_delete")]
    [InlineData("tag_delete_subgroup")]
    public async Task Recorded_pushes_tell_the_ref_and_the_commits_that_stand_in_them(string file)
    {
        var body = await Shared($"{file}.json");
        var payload = JsonDocument.Parse(body).RootElement;
        var name = payload.GetProperty("object_kind").GetString() == "tag_push" ? "Tag Push Hook" : "Push Hook";
        var reading = Host.Read(name, body);
        var claim = Assert.IsType<HostEvent.RefMoved>(Assert.Single(reading.Events)).Claim;
        Assert.Equal(payload.GetProperty("project_id").GetRawText(), reading.RepositoryId);
        Assert.Equal(payload.GetProperty("ref").GetString(), claim.Ref.Full);
        Assert.Equal(payload.GetProperty("before").GetString(), claim.Before?.Value);
        Assert.Equal(payload.GetProperty("after").GetString(), claim.After.Value);
        Assert.Equal(file.Contains("delete"), claim.After.IsZero);
    }

    [Theory]
    [InlineData("push")]
    [InlineData("push_subgroup")]
    [InlineData("branch_create")]
    [InlineData("tag_create")]
    public async Task What_another_reader_expects_of_its_recordings_is_what_we_read(string file)
    {
        var golden = JsonDocument.Parse(await Shared($"{file}.json.golden")).RootElement;
        var reading = Host.Read("Push Hook", await Shared($"{file}.json"));
        var claim = ((HostEvent.RefMoved)reading.Events.Single()).Claim;
        Assert.Equal(golden.GetProperty("Repo").GetProperty("ID").GetString(), reading.RepositoryId);
        Assert.Equal(golden.GetProperty("Ref").GetString(), claim.Ref.Full);
        Assert.Equal(golden.GetProperty("Before").GetString(), claim.Before?.Value);
        Assert.Equal(golden.GetProperty("After").GetString(), claim.After.Value);
    }

    [Theory]
    [InlineData("pull_request_create", PullRequestChange.Opened)]
    [InlineData("pull_request_reopen", PullRequestChange.Opened)]
    [InlineData("pull_request_merge", PullRequestChange.Merged)]
    [InlineData("pull_request_close", PullRequestChange.Closed)]
    [InlineData("merge_request_subgroup", PullRequestChange.Opened)]
    public async Task Recorded_merge_requests_tell_what_became_of_them(string file, PullRequestChange change)
    {
        var golden = JsonDocument.Parse(await Shared($"{file}.json.golden")).RootElement.GetProperty("PullRequest");
        var reading = Host.Read("Merge Request Hook", await Shared($"{file}.json"));
        var request = Assert.IsType<HostEvent.PullRequestChanged>(Assert.Single(reading.Events)).PullRequest;
        Assert.Equal((change, golden.GetProperty("Number").GetInt64()), (request.Change, request.Number));
        Assert.Equal(golden.GetProperty("Source").GetString(), request.Source);
        Assert.Equal(golden.GetProperty("Target").GetString(), request.Target);
        Assert.Equal(golden.GetProperty("Sha").GetString(), request.Head?.Value);
        Assert.False(request.FromFork);
    }

    [Theory]
    [InlineData("pull_request_review_ready", "Merge Request Hook", "Neither its commits nor its target changed.")]
    [InlineData("issue_create", "Issue Hook", Other)]
    [InlineData("issue_closed", "Issue Hook", Other)]
    [InlineData("issue_comment_create", "Note Hook", Other)]
    [InlineData("merge_request_comment_create", "Note Hook", Other)]
    [InlineData("review_comment_create", "Note Hook", Other)]
    [InlineData("pipeline_hook", "Pipeline Hook", Other)]
    [InlineData("pipeline_subgroup", "Pipeline Hook", Other)]
    public async Task All_others_are_ignored_for_a_reason(string file, string name, string why) =>
        Assert.Equal(why, Host.Read(name, await Shared($"{file}.json")).IgnoredBecause);

    private static async Task<byte[]> Shared(string file)
    {
        var path = Path.Combine(RepositoryRoot.Path, "..", "shared", "fixtures", "go-scm", "gitlab", "webhooks", file);
        if (!File.Exists(path))
            Assert.Skip("The recordings beside the project (shared/fixtures/go-scm) are not there.");
        return await File.ReadAllBytesAsync(path);
    }
}
