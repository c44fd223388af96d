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
    /// <summary>It says what one ref did.</summary>
    public sealed record Says(Claim Claim) : Reading;

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
        if (message.Ref is null)
            return new Nothing("Names no ref: nothing to do.");
        if (!message.Ref.StartsWith("refs/", StringComparison.Ordinal))
            return new Nothing("Its 'ref' is not a full name such as refs/heads/main: nothing to do.");
        if (!GitRef.TryParse(message.Ref, out var known))
            return new Nothing(OddName(message.Ref));
        if (message.After is null)
            return Look.It;
        if (!CommitSha.TryParse(message.After, out var after))
            return new Nothing("Its 'after' is not a full commit id: nothing to do.");
        return new Says(new Claim(known, CommitSha.TryParse(message.Before, out var before) ? before : null, after));
    }

    private static string OddName(string full) =>
        full.StartsWith("refs/heads/", StringComparison.Ordinal)
        || full.StartsWith("refs/tags/", StringComparison.Ordinal)
            ? "The name of its ref could be misread by a command line, so it is never built. Rename the branch or tag."
            : "Its ref is neither a branch nor a tag: nothing to do.";
}
