using Fairlead.Core.Events;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Gitea;

/// <summary>Reads deliveries (facts/codehosts.md 2.1, 7).</summary>
internal static class GiteaPayload
{
    /// <summary>
    /// What our hooks are sent. The end of a branch is told by <c>delete</c> alone; whatever else happens to a ref
    /// comes as a push, with a <c>create</c> or <c>delete</c> beside it that says the same again.
    /// </summary>
    public static readonly IReadOnlyList<string> Wanted = ["push", "delete", "pull_request", "pull_request_sync"];

    private static readonly string NoCommit = new('0', 40);

    public static HookReading Read(string? eventName, ReadOnlySpan<byte> body) =>
        eventName switch
        {
            "push" => HubPayload.Parse<HubPush>(body) is { } push ? OfPush(push) : HubPayload.Unreadable,
            "delete" => HubPayload.Parse<Delete>(body) is { } delete ? OfDelete(delete) : HubPayload.Unreadable,
            "pull_request" => HubPayload.Parse<HubRequestSays>(body) is { } says
                ? HubPayload.OfPullRequest(says, Change(says))
                : HubPayload.Unreadable,
            "create" => HookReading.Ignored("A push tells of the same branch or tag."),
            null or "" => HookReading.Ignored("It does not say which event it is about."),
            _ => HookReading.Ignored("It is neither a push nor a pull request."),
        };

    /// <summary>The host's button "test" sends a push that moves nothing.</summary>
    private static HookReading OfPush(HubPush push) =>
        push.Before is not null && push.Before == push.After
            ? HubPayload.Found(push.Repository, new HostEvent.Ping())
            : HubPayload.OfPush(push);

    /// <summary>Names the ref by its short name and does not tell where it was.</summary>
    private static HookReading OfDelete(Delete delete) =>
        delete switch
        {
            { RefType: "branch", Ref: { } name } => HubPayload.OfPush(
                new HubPush("refs/heads/" + name, null, NoCommit, delete.Repository)
            ),
            { RefType: "tag", Ref: not null } => HookReading.Ignored(
                "A push tells of the same tag.",
                delete.Repository?.Text
            ),
            _ => HubPayload.Unreadable,
        };

    private static PullRequestChange? Change(HubRequestSays says) =>
        says.Action switch
        {
            "opened" or "reopened" => PullRequestChange.Opened,
            "synchronized" => PullRequestChange.Updated,
            "edited" when says.Changes?.Ref is not null => PullRequestChange.Retargeted,
            "closed" => says.PullRequest?.Merged == true ? PullRequestChange.Merged : PullRequestChange.Closed,
            _ => null,
        };

    private sealed record Delete(string? Ref, string? RefType, HubRepository? Repository);
}
