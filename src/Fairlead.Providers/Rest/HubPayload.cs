using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Fairlead.Core.Events;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;

namespace Fairlead.Providers.Rest;

/// <summary>
/// Deliveries of the shape that several hosts share: a push tells of one ref, a request has a head and a base
/// (facts/codehosts.md 2.1).
/// </summary>
internal static class HubPayload
{
    public static readonly HookReading Unreadable = HookReading.Ignored(
        "Its body is not what the host documents for this event."
    );

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        MaxDepth = 64,
    };

    public static HookReading OfPush(HubPush push) =>
        Reading.Of(push.Ref, push.Before, push.After) switch
        {
            Reading.Says says => Found(
                push.Repository,
                [.. says.Claims.Select(claim => new HostEvent.RefMoved(claim))]
            ),
            Reading.Nothing nothing => HookReading.Ignored(nothing.Why, push.Repository?.Text),
            _ => Unreadable,
        };

    /// <param name="change">What the host's action means; null when nothing of ours changed.</param>
    public static HookReading OfPullRequest(HubRequestSays says, PullRequestChange? change)
    {
        if (says.PullRequest is not { Head.Ref: { } source, Base.Ref: { } target } request)
            return Unreadable;
        if (change is not { } known)
            return HookReading.Ignored("Neither its commits nor its target changed.", says.Repository?.Text);
        return Found(
            says.Repository,
            new HostEvent.PullRequestChanged(
                new PullRequest(
                    request.Number,
                    known,
                    source,
                    target,
                    CommitSha.TryParse(request.Head.Sha, out var head) ? head : null,
                    // The fork may be deleted by now, which leaves no repository.
                    FromFork: request.Head.Repo?.Id != request.Base.Repo?.Id
                )
            )
        );
    }

    public static HookReading Found(HubRepository? repository, params IReadOnlyList<HostEvent> events) =>
        new(repository?.Text, events) { RepositoryName = repository?.FullName };

    /// <summary>
    /// Null for anything else. A hook that a person made may send forms, which carry the JSON in a field.
    /// </summary>
    public static T? Parse<T>(ReadOnlySpan<byte> body)
        where T : class =>
        body.StartsWith("payload="u8)
            ? PayloadJson.Parse<T>(
                Encoding.UTF8.GetBytes(WebUtility.UrlDecode(Encoding.UTF8.GetString(body[8..]))),
                Json
            )
            : PayloadJson.Parse<T>(body, Json);
}

internal sealed record HubRepository(long Id)
{
    public string? FullName { get; init; }

    public string Text => Id.ToString(CultureInfo.InvariantCulture);
}

internal sealed record HubPush(string? Ref, string? Before, string? After, HubRepository? Repository);

/// <param name="Changes">What an edit changed.</param>
internal sealed record HubRequestSays(
    string? Action,
    HubRequest? PullRequest,
    HubRepository? Repository,
    HubChanges? Changes
);

/// <summary>Hosts name a change of the target by either.</summary>
internal sealed record HubChanges(object? Base, object? Ref);

internal sealed record HubRequest(long Number, HubEnd? Head, HubEnd? Base, bool? Merged)
{
    public string? Title { get; init; }

    /// <summary>As these hosts list it; null where it is not what they document.</summary>
    public OpenRequest? Open() =>
        this is { Number: > 0, Head: { Ref: { } source, Sha: { } head }, Base.Ref: { } target }
            ? new OpenRequest(
                Number,
                OpenRequest.Plain(Title),
                source,
                target,
                head,
                // The fork may be deleted by now, which leaves no repository.
                FromFork: Head.Repo?.Id is not { } from || from != Base.Repo?.Id,
                $"refs/pull/{Number}/head"
            )
            : null;
}

internal sealed record HubEnd(string? Ref, string? Sha, HubRepository? Repo);
