using Fairlead.Core.Outcomes;

namespace Fairlead.Core.Connections;

public enum VerdictKind
{
    Unverified,
    Trusted,
    Rejected,
    Unreachable,
    Misconfigured,
}

/// <summary>What the last verification of a connection found, in the words every face shows.</summary>
public sealed record Verdict(VerdictKind Kind, string Sentence)
{
    /// <summary>The code of the failure behind it; null when trusted.</summary>
    public string? Code { get; init; }

    public string? Remedy { get; init; }

    public string? Field { get; init; }

    /// <summary>Who the host says we are.</summary>
    public string? Identity { get; init; }

    /// <summary>What the credential may do, as far as the host tells.</summary>
    public IReadOnlyList<string> Privileges { get; init; } = [];

    /// <summary>
    /// What the credential lacks, each with what fails without it; empty where the host does not tell.
    /// </summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>What the credential may do that nothing here needs.</summary>
    public IReadOnlyList<string> Excess { get; init; } = [];

    /// <summary>When the credential ends; null when the host does not tell.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Something a person has to look at and confirm: a host key, a certificate authority, a realm.</summary>
    public Proposal? Proposal { get; init; }

    public static readonly Verdict Unverified = new(VerdictKind.Unverified, "Not verified yet.");

    /// <summary>
    /// The verdict that a failure amounts to: what passes by itself is unreachable, what the other side refuses is
    /// rejected, what the same settings will always run into is misconfigured.
    /// </summary>
    public static Verdict From(Failure failure) =>
        new(KindOf(failure), failure.Sentence)
        {
            Code = failure.Code,
            Remedy = failure.Remedy,
            Field = failure.Field,
        };

    private static VerdictKind KindOf(Failure failure) =>
        failure.Retry switch
        {
            Retry.Later => VerdictKind.Unreachable,
            Retry.NeedsPerson => VerdictKind.Rejected,
            _ => VerdictKind.Misconfigured,
        };
}

/// <summary>A setting the provider proposes; nothing is stored until a person confirms it.</summary>
/// <param name="Setting">The settings key it would fill: <c>hostKeys</c>, <c>ca</c>, <c>realm</c>.</param>
/// <param name="Shown">What the person compares: a fingerprint, an address.</param>
/// <param name="Value">What is stored on confirmation.</param>
public sealed record Proposal(string Setting, string Shown, string Value);
