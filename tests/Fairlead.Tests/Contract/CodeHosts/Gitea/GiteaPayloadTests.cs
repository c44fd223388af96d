using System.Text.Json;
using Fairlead.Core.Events;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.CodeHosts.Gitea;

/// <summary>Payloads recorded by others are read as what they are, or ignored for a reason with a name.</summary>
public sealed class GiteaPayloadTests
{
    private static readonly IReceiveHooks Host = (IReceiveHooks)
        Fairlead
            .Providers.Providers.All(Fairlead.Providers.Outside.Of(TimeProvider.System))
            .Single(provider => provider.Kind == "gitea");

    private const string Nothing = "It is neither a push nor a pull request.";

    [Theory]
    [InlineData("push", "push", "RefMoved")]
    [InlineData("branch_create", "create", "A push tells of the same branch or tag.")]
    [InlineData("branch_delete", "delete", "RefMoved")]
    [InlineData("tag_create", "create", "A push tells of the same branch or tag.")]
    [InlineData("tag_delete", "delete", "A push tells of the same tag.")]
    [InlineData("pull_request_opened", "pull_request", "Opened")]
    [InlineData("pull_request_reopened", "pull_request", "Opened")]
    [InlineData("pull_request_synchronized", "pull_request", "Updated")]
    [InlineData("pull_request_edited", "pull_request", "Neither its commits nor its target changed.")]
    [InlineData("pull_request_closed", "pull_request", "Closed")]
    [InlineData("pull_request_merged", "pull_request", "Merged")]
    [InlineData("pull_request_comment_created", "issue_comment", Nothing)]
    [InlineData("pull_request_comment_deleted", "issue_comment", Nothing)]
    [InlineData("pull_request_comment_edited", "issue_comment", Nothing)]
    [InlineData("issue_comment_created", "issue_comment", Nothing)]
    [InlineData("issue_comment_deleted", "issue_comment", Nothing)]
    [InlineData("issue_comment_edited", "issue_comment", Nothing)]
    [InlineData("issues_closed", "issues", Nothing)]
    [InlineData("issues_opened", "issues", Nothing)]
    public async Task Every_recorded_delivery_is_what_it_is(string file, string name, string expected)
    {
        var body = await Shared($"{file}.json");
        var reading = Host.Read(name, body);
        Assert.Equal(expected, reading.IgnoredBecause ?? Kind(Assert.Single(reading.Events)));
        if (reading.Events.Count > 0)
            Assert.Equal(
                JsonDocument.Parse(body).RootElement.GetProperty("repository").GetProperty("id").GetRawText(),
                reading.RepositoryId
            );
    }

    [Fact]
    public async Task A_recorded_push_tells_what_another_reader_expects_of_it()
    {
        var golden = JsonDocument.Parse(await Shared("push.json.golden")).RootElement;
        var claim = Claim("push", await Shared("push.json"));
        Assert.Equal(golden.GetProperty("Ref").GetString(), claim.Ref.Full);
        Assert.Equal(golden.GetProperty("Before").GetString(), claim.Before?.Value);
        Assert.Equal(golden.GetProperty("Commit").GetProperty("Sha").GetString(), claim.After.Value);
    }

    [Fact]
    public async Task A_recorded_end_of_a_branch_tells_its_name_and_not_where_it_was()
    {
        var claim = Claim("delete", await Shared("branch_delete.json"));
        Assert.Equal("refs/heads/feature", claim.Ref.Full);
        Assert.Null(claim.Before);
        Assert.True(claim.After.IsZero);
    }

    [Theory]
    [InlineData("pull_request_opened")]
    [InlineData("pull_request_merged")]
    public async Task Recorded_pull_requests_tell_the_branches_and_the_commit(string file)
    {
        var golden = JsonDocument.Parse(await Shared($"{file}.json.golden")).RootElement.GetProperty("PullRequest");
        var read = (HostEvent.PullRequestChanged)
            Host.Read("pull_request", await Shared($"{file}.json")).Events.Single();
        Assert.Equal(golden.GetProperty("Number").GetInt64(), read.PullRequest.Number);
        Assert.Equal(golden.GetProperty("Source").GetString(), read.PullRequest.Source);
        Assert.Equal(golden.GetProperty("Target").GetString(), read.PullRequest.Target);
        Assert.Equal(golden.GetProperty("Sha").GetString(), read.PullRequest.Head?.Value);
        Assert.False(read.PullRequest.FromFork);
    }

    [Fact]
    public async Task A_recorded_signature_fits_and_does_not_with_one_byte_flipped()
    {
        var body = await Shared("pull_request_edited.json");
        // Its authors publish the secret and a digest that begins with a31111f0 (facts/codehosts.md 2.2).
        var secret = new Secret("71295b197fa25f4356d2fb9965df3f2379d903d7");
        var digest = BoundSource.Sign(body, secret.Bytes.ToArray())["sha256=".Length..];
        Assert.StartsWith("a31111f0", digest);
        Assert.True(Host.IsAuthentic(Header(digest), body, [secret]));
        body[body.Length / 2] ^= 1;
        Assert.False(Host.IsAuthentic(Header(digest), body, [secret]));
    }

    [Fact]
    public void The_host_of_a_payload_is_not_proven_by_the_headers_of_another()
    {
        var body = "{}"u8.ToArray();
        var secret = new Secret(new string('k', 64));
        var signed = BoundSource.Sign(body, secret.Bytes.ToArray());
        Assert.False(Host.CarriesProof(name => name == "X-Hub-Signature-256" ? signed : null));
        Assert.True(
            Host.IsAuthentic(name => name == "X-Forgejo-Signature" ? signed["sha256=".Length..] : null, body, [secret])
        );
    }

    private static HeaderOf Header(string digest) => name => name == "X-Gitea-Signature" ? digest : null;

    private static Claim Claim(string name, byte[] body) =>
        Assert.IsType<HostEvent.RefMoved>(Assert.Single(Host.Read(name, body).Events)).Claim;

    private static string Kind(HostEvent one) =>
        one is HostEvent.PullRequestChanged changed ? changed.PullRequest.Change.ToString() : one.GetType().Name;

    private static async Task<byte[]> Shared(string file)
    {
        var path = Path.Combine(RepositoryRoot.Path, "..", "shared", "fixtures", "go-scm", "gitea", "webhooks", file);
        if (!File.Exists(path))
            Assert.Skip("The recordings beside the project (shared/fixtures/go-scm) are not there.");
        return await File.ReadAllBytesAsync(path);
    }
}
