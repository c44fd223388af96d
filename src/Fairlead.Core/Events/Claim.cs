using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;

namespace Fairlead.Core.Events;

/// <summary>
/// What somebody says a ref did. Nobody's word until it continues what is known, or the host confirms it.
/// </summary>
/// <param name="Before">All zeros for a ref that is new; null when the teller did not say.</param>
/// <param name="After">All zeros for a ref that is gone.</param>
public sealed record Claim(GitRef Ref, CommitSha? Before, CommitSha After)
{
    /// <summary>The key of the event this becomes when it happens for the first time.</summary>
    public string Key => Move.Key(Ref.Full, Text(Before), Text(After));

    /// <summary>It says that the ref was not there before.</summary>
    public bool IsCreation => Before is { IsZero: true };

    private static string? Text(CommitSha? commit) => commit is { IsZero: false } there ? there.Value : null;
}

/// <summary>What a message amounts to: one of the three.</summary>
public abstract record Reading
{
    /// <summary>It says what refs did: one of them, or as many as one push may change.</summary>
    public sealed record Says(IReadOnlyList<Claim> Claims) : Reading;

    /// <summary>It asks to look at the repository.</summary>
    public sealed record Look : Reading
    {
        public static readonly Look It = new();
    }

    /// <summary>It is valid and there is nothing to do about it.</summary>
    /// <param name="Why">One sentence.</param>
    public sealed record Nothing(string Why) : Reading;

    /// <summary>Every readable message means something; an odd one means nothing and says why.</summary>
    public static Reading Of(HookMessage message)
    {
        if (message.IsBare)
            return Look.It;
        return Of(message.Ref, message.Before, message.After);
    }

    /// <summary>What a host says of one ref, by its full name and full commit ids.</summary>
    public static Reading Of(string? name, string? before, string? after)
    {
        if (name is null)
            return new Nothing("Names no ref: nothing to do.");
        if (!name.StartsWith("refs/", StringComparison.Ordinal))
            return new Nothing("Its 'ref' is not a full name such as refs/heads/main: nothing to do.");
        if (!GitRef.TryParse(name, out var known) || known.Kind == RefKind.Request)
            return new Nothing(OddName(name));
        if (after is null)
            return Look.It;
        if (!CommitSha.TryParse(after, out var now))
            return new Nothing("Its 'after' is not a full commit id: nothing to do.");
        return new Says([new Claim(known, CommitSha.TryParse(before, out var was) ? was : null, now)]);
    }

    /// <summary>What a host's delivery amounts to for the ledger of one repository.</summary>
    /// <param name="repositoryId">The host's id of the repository the hook is for; null while it is not known.</param>
    /// <param name="requests">Some rule is about requests, and the host tells which are open.</param>
    public static Reading Of(HookReading delivery, string? repositoryId, bool requests)
    {
        if (delivery.IgnoredBecause is { } why)
            return new Nothing(why);
        if (repositoryId is not null && delivery.RepositoryId is { } named && named != repositoryId)
            return new Nothing("It is about another repository than the one this hook is for: nothing to do.");
        var claims = delivery.Events.OfType<HostEvent.RefMoved>().Select(moved => moved.Claim).ToList();
        if (claims.Count > 0)
            return new Says(claims);
        var request = delivery.Events.OfType<HostEvent.PullRequestChanged>().FirstOrDefault()?.PullRequest;
        return request is null ? new Nothing(Hello)
            : requests ? Of(request)
            : new Nothing(Words(request) + "no rule is about pull requests.");
    }

    /// <summary>
    /// What it says is only why the host is asked: whether the request is open, where it comes from and where it
    /// stands is the host's own to say.
    /// </summary>
    private static Reading Of(PullRequest request)
    {
        if (GitRef.Request(request.Number) is not { } name)
            return Look.It;
        if (request.Change is PullRequestChange.Merged or PullRequestChange.Closed)
            return new Says([new Claim(name, null, CommitSha.Parse(new string('0', 40)))]);
        // Its head is where it was: only the host's list tells where it goes to.
        if (request is { Change: not PullRequestChange.Retargeted, Head: { } head })
            return new Says([new Claim(name, null, head)]);
        return request is { FromFork: true, Head: null }
            ? new Nothing(
                Words(request) + "it is from a fork, and its host tells no commit that could be fetched here."
            )
            : Look.It;
    }

    private const string Hello = "The host tried the hook: it works.";

    private static string Words(PullRequest request) =>
        $"Pull request {request.Number} was {request.Change.ToString().ToLowerInvariant()}: ";

    private static string OddName(string full) =>
        full.StartsWith("refs/heads/", StringComparison.Ordinal)
        || full.StartsWith("refs/tags/", StringComparison.Ordinal)
            ? "The name of its ref could be misread by a command line, so it is never built. Rename the branch or tag."
            : "Its ref is neither a branch nor a tag: nothing to do.";
}
