using System.Globalization;
using System.Text.Json;
using Fairlead.Core.Events;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketDataCenter;

/// <summary>
/// Reads deliveries (facts/codehosts.md 2.1). Their dates are written in two ways, and none of them is read.
/// </summary>
internal static class DataCenterPayload
{
    /// <summary>What the host sends when a person presses "Test connection": without a signature.</summary>
    public const string Ping = "diagnostics:ping";

    public static readonly IReadOnlyList<string> Wanted =
    [
        "repo:refs_changed",
        "pr:opened",
        "pr:from_ref_updated",
        "pr:modified",
        "pr:merged",
        "pr:declined",
        "pr:deleted",
    ];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 64 };

    public static HookReading Read(string? eventName, ReadOnlySpan<byte> body) =>
        eventName switch
        {
            "repo:refs_changed" => PayloadJson.Parse<Pushed>(body, Json) is { Changes: { } changes } pushed
                ? RefChanges.Read(Text(pushed.Repository), changes.Select(change => Of(pushed, change))) with
                {
                    RepositoryName = pushed.Repository?.Name,
                }
                : HubPayload.Unreadable,
            Ping => new HookReading(null, [new HostEvent.Ping()]),
            null or "" => HookReading.Ignored("It does not say which event it is about."),
            _ when Wanted.Contains(eventName) => OfRequest(eventName, body),
            _ => HookReading.Ignored("It is neither a push nor a pull request."),
        };

    /// <summary>An annotated tag's commit stands beside it, where the delivery is about nothing else.</summary>
    private static RefChange Of(Pushed pushed, Change? change) =>
        change is { Type: not "DELETE", Ref.Type: "TAG" } && pushed is { Changes.Count: 1, ToCommit.Id: { } commit }
            ? new RefChange(change.Ref.Id, change.FromHash, commit)
            : new RefChange(change?.Ref?.Id ?? change?.RefId, change?.FromHash, change?.ToHash);

    private static HookReading OfRequest(string eventName, ReadOnlySpan<byte> body)
    {
        if (
            PayloadJson.Parse<RequestSays>(body, Json)
            is not { PullRequest: { FromRef.DisplayId: { } source, ToRef.DisplayId: { } target } request } says
        )
            return HubPayload.Unreadable;
        var id = Text(request.ToRef.Repository);
        if (ChangeOf(eventName, says) is not { } change)
            return HookReading.Ignored("Neither its commits nor its target changed.", id);
        CommitSha? head = CommitSha.TryParse(request.FromRef.LatestCommit, out var whole) ? whole : null;
        var isFork = request.FromRef.Repository?.Id != request.ToRef.Repository?.Id;
        var read = new PullRequest(request.Id, change, source, target, head, isFork);
        return new HookReading(id, [new HostEvent.PullRequestChanged(read)])
        {
            RepositoryName = request.ToRef.Repository?.Name,
        };
    }

    private static PullRequestChange? ChangeOf(string eventName, RequestSays says) =>
        eventName switch
        {
            "pr:opened" => PullRequestChange.Opened,
            "pr:from_ref_updated" => PullRequestChange.Updated,
            "pr:merged" => PullRequestChange.Merged,
            "pr:declined" or "pr:deleted" => PullRequestChange.Closed,
            _ when says.PreviousTarget?.DisplayId is { } old && old != says.PullRequest?.ToRef?.DisplayId =>
                PullRequestChange.Retargeted,
            _ => null,
        };

    private static string? Text(Repository? repository) => repository?.Id.ToString(CultureInfo.InvariantCulture);

    private sealed record Repository(long Id, string? Slug, Project? Project)
    {
        public string? Name => Slug is not null && Project?.Key is { } key ? $"{key}/{Slug}" : null;
    }

    private sealed record Project(string? Key);

    private sealed record Pushed(Repository? Repository, IReadOnlyList<Change?>? Changes, Commit? ToCommit);

    private sealed record Change(Ref? Ref, string? RefId, string? FromHash, string? ToHash, string? Type);

    private sealed record Ref(string? Id, string? Type);

    private sealed record Commit(string? Id);

    private sealed record RequestSays(Request? PullRequest, End? PreviousTarget);

    private sealed record Request(long Id, End? FromRef, End? ToRef);

    private sealed record End(string? DisplayId, string? LatestCommit, Repository? Repository);
}
