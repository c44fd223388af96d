using System.Text;
using System.Text.Json;
using Fairlead.Core.Events;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.CodeHosts.GitHub;

/// <summary>Payloads recorded by others are read as what they are, or ignored for a reason with a name.</summary>
public sealed class RecordedPayloadTests
{
    private static readonly IReceiveHooks Host = (IReceiveHooks)
        Fairlead
            .Providers.Providers.All(Fairlead.Providers.Outside.Of(TimeProvider.System))
            .Single(provider => provider.Kind == "github");

    [Theory]
    [InlineData("api.github.com")]
    [InlineData("ghes-35")]
    public async Task Every_recorded_event_is_read_or_ignored_for_a_reason(string set)
    {
        var seen = new Dictionary<string, int>();
        foreach (var (name, payload) in await Recorded(set))
        {
            var reading = Host.Read(name, Encoding.UTF8.GetBytes(payload.GetRawText()));
            var kind = reading.IgnoredBecause ?? Assert.Single(reading.Events).GetType().Name;
            Assert.NotEqual("Its body is not what the host documents for this event.", kind);
            if (reading.Events.Count > 0 && payload.TryGetProperty("repository", out var repository))
                Assert.Equal(repository.GetProperty("id").GetRawText(), reading.RepositoryId);
            seen[$"{name}: {kind}"] = seen.GetValueOrDefault($"{name}: {kind}") + 1;
        }
        Assert.Contains("push: RefMoved", seen.Keys);
        Assert.Contains("ping: Ping", seen.Keys);
        Assert.Contains("pull_request: PullRequestChanged", seen.Keys);
        Assert.Contains("pull_request: Neither its commits nor its target changed.", seen.Keys);
        Assert.Contains("create: A push tells of the same branch or tag.", seen.Keys);
        Assert.DoesNotContain(seen.Keys, key => key.StartsWith("push:") && key != "push: RefMoved");
    }

    [Fact]
    public async Task Recorded_pushes_tell_the_ref_and_the_commits_that_stand_in_them()
    {
        foreach (var (_, payload) in (await Recorded("api.github.com")).Where(one => one.Name == "push"))
        {
            var reading = Host.Read("push", Encoding.UTF8.GetBytes(payload.GetRawText()));
            var claim = Assert.IsType<HostEvent.RefMoved>(Assert.Single(reading.Events)).Claim;
            Assert.Equal(payload.GetProperty("ref").GetString(), claim.Ref.Full);
            Assert.Equal(payload.GetProperty("before").GetString(), claim.Before?.Value);
            Assert.Equal(payload.GetProperty("after").GetString(), claim.After.Value);
            Assert.Equal(payload.GetProperty("deleted").GetBoolean(), claim.After.IsZero);
        }
    }

    [Theory]
    [InlineData("push", "push")]
    [InlineData("push_branch_create", "push")]
    [InlineData("push_branch_delete", "push")]
    [InlineData("push_tag", "push")]
    [InlineData("push_tag_delete", "push")]
    public async Task What_another_reader_expects_of_its_recordings_is_what_we_read(string file, string name)
    {
        var (body, golden) = (
            await Shared($"{file}.json"),
            JsonDocument.Parse(await Shared($"{file}.json.golden")).RootElement
        );
        var claim = ((HostEvent.RefMoved)Host.Read(name, body).Events.Single()).Claim;
        Assert.Equal(golden.GetProperty("Ref").GetString(), claim.Ref.Full);
        Assert.Equal(golden.GetProperty("Before").GetString(), claim.Before?.Value);
        Assert.Equal(golden.GetProperty("After").GetString(), claim.After.Value);
    }

    [Fact]
    public async Task A_recorded_signature_fits_and_does_not_with_one_byte_flipped()
    {
        var body = await Shared("push.json");
        // The digest that the recording's authors publish begins with e3bfe744 (facts/codehosts.md 2.2).
        var digest = BoundSource.Sign(body, "topsecret"u8.ToArray());
        Assert.StartsWith("sha256=e3bfe744", digest);
        Assert.True(Host.IsAuthentic(_ => digest, body, [new Secret("topsecret")]));
        body[body.Length / 2] ^= 1;
        Assert.False(Host.IsAuthentic(_ => digest, body, [new Secret("topsecret")]));
    }

    [Fact]
    public void The_vector_the_host_publishes_fits()
    {
        const string digest = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        var secret = new Secret("It's a Secret to Everybody");
        Assert.True(Host.IsAuthentic(_ => digest, "Hello, World!"u8, [secret]));
        Assert.False(Host.IsAuthentic(_ => digest, "Hello, world!"u8, [secret]));
    }

    private static async Task<List<(string Name, JsonElement Payload)>> Recorded(string set)
    {
        var file = await NodeProgram.Read($"@octokit/webhooks-examples/{set}/index.json");
        return
        [
            .. from one in JsonDocument.Parse(file).RootElement.EnumerateArray()
            from example in one.GetProperty("examples").EnumerateArray()
            select (one.GetProperty("name").GetString()!, example),
        ];
    }

    private static async Task<byte[]> Shared(string file)
    {
        var path = Path.Combine(RepositoryRoot.Path, "..", "shared", "fixtures", "go-scm", "github", "webhooks", file);
        if (!File.Exists(path))
            Assert.Skip("The recordings beside the project (shared/fixtures/go-scm) are not there.");
        return await File.ReadAllBytesAsync(path);
    }
}
