using System.Text.Json;
using Fairlead.Core.Events;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;

namespace Fairlead.Providers.Rest;

/// <summary>
/// Deliveries of the shape that several hosts share: events are named in words, a tag is told by an event of its own, a
/// request has a source and a target (facts/codehosts.md 2.1, 4.3; facts/alibaba.md D4).
/// </summary>
internal static class LabPayload
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        MaxDepth = 64,
    };

    /// <param name="namesOldCommit">An update of a request's commits names the commit before, and no other update
    /// does. Where that is not so, each update is taken for one.</param>
    public static HookReading Read(string? eventName, ReadOnlySpan<byte> body, bool namesOldCommit) =>
        eventName switch
        {
            "Push Hook" or "Tag Push Hook" => Parse<Push>(body) is { } push ? OfPush(push) : Unreadable,
            "Merge Request Hook" => Parse<MergeRequestSays>(body) is { } says
                ? OfMergeRequest(says, namesOldCommit)
                : Unreadable,
            null or "" => HookReading.Ignored("It does not say which event it is about."),
            _ => HookReading.Ignored("It is neither a push nor a merge request."),
        };

    private static readonly HookReading Unreadable = HookReading.Ignored(
        "Its body is not what the host documents for this event."
    );

    private static HookReading OfPush(Push push) =>
        push is { Ref: null, Before: not null, After: not null }
            ? HookReading.Ignored("It is the host's test: it names no branch.", Id(push))
            : OfMove(push);

    private static HookReading OfMove(Push push) =>
        Reading.Of(push.Ref, push.Before, Commit(push)) switch
        {
            Reading.Says says => new(Id(push), [.. says.Claims.Select(claim => new HostEvent.RefMoved(claim))])
            {
                RepositoryName = push.Project?.PathWithNamespace ?? Below(push.Repository?.GitHttpUrl),
            },
            Reading.Nothing nothing => HookReading.Ignored(nothing.Why, Id(push)),
            _ => Unreadable,
        };

    /// <summary>
    /// One host tells the path in its clone address only, below an organization or an edition (facts/alibaba.md D3).
    /// </summary>
    private static string? Below(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.AbsolutePath is var path
        && path.IndexOf('/', 1) is > 0 and var end
        && path.EndsWith(".git", StringComparison.Ordinal)
            ? path[(end + 1)..^4]
            : null;

    /// <summary>An annotated tag's <c>after</c> is the tag itself; what it stands for is beside it.</summary>
    private static string? Commit(Push push) =>
        push.After is { } after && after.Any(sign => sign != '0') && push.ObjectKind == "tag_push"
            ? push.CheckoutSha ?? after
            : push.After;

    private static string? Id(Push push) => Text(push.ProjectId ?? push.Project?.Id);

    private static HookReading OfMergeRequest(MergeRequestSays says, bool namesOldCommit)
    {
        if (says.ObjectAttributes is not { SourceBranch: { } source, TargetBranch: { } target } request)
            return Unreadable;
        var id = Text(request.TargetProjectId ?? says.Project?.Id);
        if (Change(request, says.Changes, namesOldCommit) is not { } change)
            return HookReading.Ignored("Neither its commits nor its target changed.", id);
        var head = CommitSha.TryParse(request.LastCommit?.Id, out var known) ? known : (CommitSha?)null;
        // Nothing in place of a repository is one that is gone; one host names neither, and is asked.
        var isFork = request.SourceProjectId != request.TargetProjectId;
        return new HookReading(
            id,
            [
                new HostEvent.PullRequestChanged(
                    new PullRequest(request.Number, change, source, target, head, FromFork: isFork)
                ),
            ]
        )
        {
            RepositoryName = says.Project?.PathWithNamespace,
        };
    }

    private static PullRequestChange? Change(MergeRequest request, Changes? changes, bool namesOldCommit) =>
        request.Action switch
        {
            "open" or "reopen" => PullRequestChange.Opened,
            "update" when request.Oldrev is not null || !namesOldCommit => PullRequestChange.Updated,
            "update" when changes?.TargetBranch is not null => PullRequestChange.Retargeted,
            "merge" => PullRequestChange.Merged,
            "close" => PullRequestChange.Closed,
            _ => null,
        };

    private static T? Parse<T>(ReadOnlySpan<byte> body)
        where T : class => PayloadJson.Parse<T>(body, Json);

    private static string? Text(long? id) => id?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Project(long Id)
    {
        public string? PathWithNamespace { get; init; }
    }

    private sealed record Push(string? ObjectKind, string? Ref, string? Before, string? After, string? CheckoutSha)
    {
        public long? ProjectId { get; init; }
        public Project? Project { get; init; }
        public Repository? Repository { get; init; }
    }

    private sealed record Repository(string? GitHttpUrl);

    private sealed record MergeRequestSays(MergeRequest? ObjectAttributes, Project? Project, Changes? Changes);

    /// <summary>Each field that changed, with what it was and is.</summary>
    private sealed record Changes(object? TargetBranch);

    private sealed record MergeRequest(long? Iid, string? Action, string? SourceBranch, string? TargetBranch)
    {
        /// <summary>What newer requests of one host have in place of the number.</summary>
        public long? LocalId { get; init; }

        public long Number => Iid ?? LocalId ?? 0;

        public long? SourceProjectId { get; init; }
        public long? TargetProjectId { get; init; }
        public string? Oldrev { get; init; }
        public Head? LastCommit { get; init; }
    }

    private sealed record Head(string? Id);
}
