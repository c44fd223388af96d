using System.Text.Json;
using Fairlead.Core.Events;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitLab;

/// <summary>Reads deliveries (facts/codehosts.md 2.1, 4.3).</summary>
internal static class GitLabPayload
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        MaxDepth = 64,
    };

    public static HookReading Read(string? eventName, ReadOnlySpan<byte> body) =>
        eventName switch
        {
            "Push Hook" or "Tag Push Hook" => Parse<Push>(body) is { } push ? OfPush(push) : Unreadable,
            "Merge Request Hook" => Parse<MergeRequestSays>(body) is { } says ? OfMergeRequest(says) : Unreadable,
            null or "" => HookReading.Ignored("It does not say which event it is about."),
            _ => HookReading.Ignored("It is neither a push nor a merge request."),
        };

    private static readonly HookReading Unreadable = HookReading.Ignored(
        "Its body is not what the host documents for this event."
    );

    private static HookReading OfPush(Push push) =>
        Reading.Of(push.Ref, push.Before, Commit(push)) switch
        {
            Reading.Says says => new(Id(push), [.. says.Claims.Select(claim => new HostEvent.RefMoved(claim))]),
            Reading.Nothing nothing => HookReading.Ignored(nothing.Why, Id(push)),
            _ => Unreadable,
        };

    /// <summary>An annotated tag's <c>after</c> is the tag itself; what it stands for is beside it.</summary>
    private static string? Commit(Push push) =>
        push.After is { } after && after.Any(sign => sign != '0') && push.ObjectKind == "tag_push"
            ? push.CheckoutSha ?? after
            : push.After;

    private static string? Id(Push push) => Text(push.ProjectId ?? push.Project?.Id);

    private static HookReading OfMergeRequest(MergeRequestSays says)
    {
        if (says.ObjectAttributes is not { SourceBranch: { } source, TargetBranch: { } target } request)
            return Unreadable;
        var id = Text(request.TargetProjectId ?? says.Project?.Id);
        if (Change(request) is not { } change)
            return HookReading.Ignored("Neither its commits nor its target changed.", id);
        var head = CommitSha.TryParse(request.LastCommit?.Id, out var known) ? known : (CommitSha?)null;
        var isFork = request.SourceProjectId != request.TargetProjectId;
        return new HookReading(
            id,
            [
                new HostEvent.PullRequestChanged(
                    new PullRequest(request.Iid, change, source, target, head, FromFork: isFork)
                ),
            ]
        );
    }

    /// <summary>An update of the commits names the commit before (<c>oldrev</c>); others are of words.</summary>
    private static PullRequestChange? Change(MergeRequest request) =>
        request.Action switch
        {
            "open" or "reopen" => PullRequestChange.Opened,
            "update" when request.Oldrev is not null => PullRequestChange.Updated,
            "merge" => PullRequestChange.Merged,
            "close" => PullRequestChange.Closed,
            _ => null,
        };

    private static T? Parse<T>(ReadOnlySpan<byte> body)
        where T : class => PayloadJson.Parse<T>(body, Json);

    private static string? Text(long? id) => id?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Project(long Id);

    private sealed record Push(string? ObjectKind, string? Ref, string? Before, string? After, string? CheckoutSha)
    {
        public long? ProjectId { get; init; }
        public Project? Project { get; init; }
    }

    private sealed record MergeRequestSays(MergeRequest? ObjectAttributes, Project? Project);

    private sealed record MergeRequest(long Iid, string? Action, string? SourceBranch, string? TargetBranch)
    {
        public long? SourceProjectId { get; init; }
        public long? TargetProjectId { get; init; }
        public string? Oldrev { get; init; }
        public Head? LastCommit { get; init; }
    }

    private sealed record Head(string? Id);
}
