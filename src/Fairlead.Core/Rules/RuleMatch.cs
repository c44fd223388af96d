using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;

namespace Fairlead.Core.Rules;

/// <summary>What a rule asks of a request besides its commit.</summary>
/// <param name="Target">Short name of the branch it goes to.</param>
/// <param name="FromFork">It comes from another repository.</param>
public sealed record RequestEnds(string Target, bool FromFork);

/// <summary>What a rule makes of one ref: a plan, or the reason why not.</summary>
public sealed record RuleMatch
{
    private RuleMatch() { }

    public BuildPlan? Plan { get; private init; }

    /// <summary>Why nothing is built, to stand in a sentence; null with a plan.</summary>
    public string? Reason { get; private init; }

    /// <summary>The rule is about this ref, yet its image version comes out unusable.</summary>
    public Failure? Failure { get; private init; }

    internal static RuleMatch Yes(BuildPlan plan) => new() { Plan = plan };

    internal static RuleMatch No(string reason) => new() { Reason = reason };

    internal static RuleMatch Unusable(Failure failure) => new() { Failure = failure, Reason = failure.Sentence };
}
