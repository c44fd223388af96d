using System.Net;
using System.Text;
using System.Text.Json;
using Fairlead.Core.Events;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;

namespace Fairlead.Providers.GitHub;

/// <summary>Reads deliveries (facts/codehosts.md 2.1, 3.5).</summary>
internal static class GitHubPayload
{
    /// <summary>What our hooks are sent. <c>create</c> and <c>delete</c> would tell of pushes a second time.</summary>
    public static readonly IReadOnlyList<string> Wanted = ["push", "pull_request"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        MaxDepth = 64,
    };

    public static HookReading Read(string? eventName, ReadOnlySpan<byte> body) =>
        eventName switch
        {
            "push" => Parse<Push>(body) is { } push ? OfPush(push) : Unreadable,
            "pull_request" => Parse<PullRequestSays>(body) is { } says ? OfPullRequest(says) : Unreadable,
            "ping" => Parse<Ping>(body) is { } ping ? Found(ping.Repository, new HostEvent.Ping()) : Unreadable,
            "create" or "delete" => HookReading.Ignored("A push tells of the same branch or tag."),
            null or "" => HookReading.Ignored("It does not say which event it is about."),
            _ => HookReading.Ignored("It is neither a push nor a pull request."),
        };

    private static readonly HookReading Unreadable = HookReading.Ignored(
        "Its body is not what the host documents for this event."
    );

    private static HookReading OfPush(Push push) =>
        Reading.Of(push.Ref, push.Before, push.After) switch
        {
            Reading.Says says => Found(
                push.Repository,
                [.. says.Claims.Select(claim => new HostEvent.RefMoved(claim))]
            ),
            Reading.Nothing nothing => HookReading.Ignored(nothing.Why, Id(push.Repository)),
            _ => Unreadable,
        };

    private static HookReading OfPullRequest(PullRequestSays says)
    {
        if (says.PullRequest is not { Head.Ref: { } source, Base.Ref: { } target } request)
            return Unreadable;
        if (Change(says, request) is not { } change)
            return HookReading.Ignored("Neither its commits nor its target changed.", Id(says.Repository));
        return Found(
            says.Repository,
            new HostEvent.PullRequestChanged(
                new PullRequest(
                    request.Number,
                    change,
                    source,
                    target,
                    CommitSha.TryParse(request.Head.Sha, out var head) ? head : null,
                    // The fork may be deleted by now, which leaves no repository.
                    FromFork: request.Head.Repo?.Id != request.Base.Repo?.Id
                )
            )
        );
    }

    private static PullRequestChange? Change(PullRequestSays says, Request request) =>
        says.Action switch
        {
            "opened" or "reopened" => PullRequestChange.Opened,
            "synchronize" or "ready_for_review" => PullRequestChange.Updated,
            "edited" when says.Changes?.Base is not null => PullRequestChange.Updated,
            "closed" => request.Merged == true ? PullRequestChange.Merged : PullRequestChange.Closed,
            _ => null,
        };

    private static HookReading Found(Repository? repository, params IReadOnlyList<HostEvent> events) =>
        new(Id(repository), events);

    private static string? Id(Repository? repository) =>
        repository?.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// Null for anything else. A hook that a person made may send forms, which carry the JSON in a field.
    /// </summary>
    private static T? Parse<T>(ReadOnlySpan<byte> body)
        where T : class
    {
        try
        {
            return body.StartsWith("payload="u8)
                ? JsonSerializer.Deserialize<T>(WebUtility.UrlDecode(Encoding.UTF8.GetString(body[8..])), Json)
                : JsonSerializer.Deserialize<T>(body, Json);
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private sealed record Repository(long Id);

    private sealed record Push(string? Ref, string? Before, string? After, Repository? Repository);

    private sealed record Ping(Repository? Repository);

    private sealed record PullRequestSays(
        string? Action,
        Request? PullRequest,
        Repository? Repository,
        Changes? Changes
    );

    private sealed record Changes(object? Base);

    private sealed record Request(long Number, End? Head, End? Base, bool? Merged);

    private sealed record End(string? Ref, string? Sha, Repository? Repo);
}
