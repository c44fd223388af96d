using System.Text.Json;
using System.Text.Json.Serialization;
using Fairlead.Core.Events;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketCloud;

/// <summary>Reads deliveries (facts/codehosts.md 2.1). One may tell of many refs, or of none.</summary>
internal static class BitbucketPayload
{
    public static readonly IReadOnlyList<string> Wanted =
    [
        "repo:push",
        "pullrequest:created",
        "pullrequest:updated",
        "pullrequest:fulfilled",
        "pullrequest:rejected",
    ];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 64 };

    public static HookReading Read(string? eventName, ReadOnlySpan<byte> body) =>
        eventName switch
        {
            "repo:push" => PayloadJson.Parse<Pushed>(body, Json) is { Push.Changes: { } changes } pushed
                ? OfPush(pushed.Repository, changes)
                : HubPayload.Unreadable,
            "pullrequest:created" => OfRequest(body, PullRequestChange.Opened),
            "pullrequest:updated" => OfRequest(body, PullRequestChange.Updated),
            "pullrequest:fulfilled" => OfRequest(body, PullRequestChange.Merged),
            "pullrequest:rejected" => OfRequest(body, PullRequestChange.Closed),
            null or "" => HookReading.Ignored("It does not say which event it is about."),
            _ => HookReading.Ignored("It is neither a push nor a pull request."),
        };

    private static HookReading OfPush(Repository? repository, IReadOnlyList<Change?> changes) =>
        RefChanges.Read(repository?.Uuid, changes.Select(change => change is null ? default : Of(change))) with
        {
            RepositoryName = repository?.FullName,
        };

    private static RefChange Of(Change change) =>
        new(FullName(change.New ?? change.Old), Hash(change.Old), Hash(change.New));

    /// <summary>The kind of an annotated tag has been written in two ways.</summary>
    private static string? FullName(End? end) =>
        end switch
        {
            { Type: "branch" or "named_branch", Name: { } name } => "refs/heads/" + name,
            { Type: "tag" or "annotated_tag", Name: { } name } => "refs/tags/" + name,
            _ => null,
        };

    private static string? Hash(End? end) => end is null ? RefChanges.Nothing : end.Target?.Hash;

    /// <summary>The commits it names are shortened, so nothing can be built from one.</summary>
    private static HookReading OfRequest(ReadOnlySpan<byte> body, PullRequestChange change)
    {
        if (
            PayloadJson.Parse<RequestSays>(body, Json)
            is not { Pullrequest: { Source.Branch.Name: { } source, Destination.Branch.Name: { } target } request } says
        )
            return HubPayload.Unreadable;
        CommitSha? head = CommitSha.TryParse(request.Source.Commit?.Hash, out var whole) ? whole : null;
        // The fork may be deleted by now, which leaves no repository.
        var isFork = request.Source.Repository?.Uuid != request.Destination.Repository?.Uuid;
        var read = new PullRequest(request.Id, change, source, target, head, isFork);
        return new HookReading(says.Repository?.Uuid, [new HostEvent.PullRequestChanged(read)])
        {
            RepositoryName = says.Repository?.FullName,
        };
    }

    private sealed record Repository(string? Uuid)
    {
        [JsonPropertyName("full_name")]
        public string? FullName { get; init; }
    }

    private sealed record Pushed(Push? Push, Repository? Repository);

    private sealed record Push(IReadOnlyList<Change?>? Changes);

    /// <param name="Old">Null for a ref that is new.</param>
    /// <param name="New">Null for a ref that is gone.</param>
    private sealed record Change(End? Old, End? New);

    private sealed record End(string? Type, string? Name, Commit? Target);

    private sealed record Commit(string? Hash);

    private sealed record RequestSays(Request? Pullrequest, Repository? Repository);

    private sealed record Request(long Id, RequestEnd? Source, RequestEnd? Destination);

    private sealed record RequestEnd(Branch? Branch, Commit? Commit, Repository? Repository);

    private sealed record Branch(string? Name);
}
