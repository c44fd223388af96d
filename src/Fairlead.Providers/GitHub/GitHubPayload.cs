using Fairlead.Core.Events;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHub;

/// <summary>Reads deliveries (facts/codehosts.md 2.1, 3.5).</summary>
internal static class GitHubPayload
{
    /// <summary>What our hooks are sent. <c>create</c> and <c>delete</c> would tell of pushes a second time.</summary>
    public static readonly IReadOnlyList<string> Wanted = ["push", "pull_request"];

    public static HookReading Read(string? eventName, ReadOnlySpan<byte> body) =>
        eventName switch
        {
            "push" => HubPayload.Parse<HubPush>(body) is { } push ? HubPayload.OfPush(push) : HubPayload.Unreadable,
            "pull_request" => HubPayload.Parse<HubRequestSays>(body) is { } says
                ? HubPayload.OfPullRequest(says, Change(says))
                : HubPayload.Unreadable,
            "ping" => HubPayload.Parse<Ping>(body) is { } ping
                ? HubPayload.Found(ping.Repository, new HostEvent.Ping())
                : HubPayload.Unreadable,
            "create" or "delete" => HookReading.Ignored("A push tells of the same branch or tag."),
            null or "" => HookReading.Ignored("It does not say which event it is about."),
            _ => HookReading.Ignored("It is neither a push nor a pull request."),
        };

    private static PullRequestChange? Change(HubRequestSays says) =>
        says.Action switch
        {
            "opened" or "reopened" => PullRequestChange.Opened,
            "synchronize" or "ready_for_review" => PullRequestChange.Updated,
            "edited" when says.Changes?.Base is not null => PullRequestChange.Retargeted,
            "closed" => says.PullRequest?.Merged == true ? PullRequestChange.Merged : PullRequestChange.Closed,
            _ => null,
        };

    private sealed record Ping(HubRepository? Repository);
}
