using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Builds;

internal static class BuildFailures
{
    public const string SupersededCode = "build.superseded";
    public const string LostCode = "build.runner-lost";

    public static Failure Unknown(long id) => new("build.unknown", $"There is no build {id}.", 404);

    public static Failure NoSource(string image) =>
        new("build.no-source", $"The image repository {image} is bound to no code, so there is nothing to build.", 409)
        {
            Remedy = "Bind it to a repository of a connection.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure NoRules(string image) =>
        new("build.no-rules", $"The image repository {image} has no build rules.", 409)
        {
            Remedy = "Add a rule that says which branch or tag to build.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure RefNeeded(string pattern) =>
        new("build.ref-needed", $"The rule '{pattern}' is a pattern, so it does not say which ref to build.", 422)
        {
            Field = "ref",
            Remedy = "Name a branch or tag that it matches.",
        };

    public static Failure RuleNeeded(string image, IEnumerable<long> rules) =>
        new("build.rule-needed", $"Several rules of {image} would do: {string.Join(", ", rules)}.", 422)
        {
            Field = "rule",
            Remedy = "Say which rule to build.",
        };

    public static Failure NoRuleMatches(string image, string gitRef) =>
        new("build.no-rule-matches", $"No rule of {image} is about {gitRef}.", 422)
        {
            Field = "ref",
            Remedy = "Name another ref, or add a rule for it.",
        };

    public static Failure RefUnsafe(string typed) =>
        new(
            "build.ref-name",
            typed.StartsWith('-')
                ? "The ref begins with a dash, so a program could take it for an option."
                : "The ref cannot be the name of a branch or tag.",
            422
        )
        {
            Field = "ref",
            Remedy = "Give the short name as git shows it, such as main or v1.0.",
        };

    public static Failure RefMissing(string gitRef, string connection) =>
        new("build.ref-missing", $"The repository has no {gitRef} (asked through the connection {connection}).", 422)
        {
            Field = "ref",
            Remedy = "Push it first, or name one that exists.",
        };

    public static Failure RepositoryEmpty(string connection) =>
        new("build.repository-empty", $"The repository behind the connection {connection} has no commits yet.", 422)
        {
            Remedy = "Push a first commit, then build again.",
        };

    public static Failure CannotListRefs(string connection) =>
        new("build.cannot-list-refs", $"The connection {connection} cannot tell where a branch stands.", 422)
        {
            Field = "connection",
        };

    public static Failure Ended(long id, string state) =>
        new("build.ended", $"The build {id} has ended already: {state}.", 409);

    public static Failure Superseded(long by) =>
        new(SupersededCode, $"A newer commit of the same ref took its place in the queue: build {by}.", 409)
        {
            Remedy = "Turn newest-wins off in the rule when every commit has to be built.",
        };

    public static readonly Failure RequestClosed = new(
        "build.request-closed",
        "The pull request was merged or closed before its turn.",
        409
    );

    public static Failure CancelledBy(string who) => new("build.cancelled", $"{who} cancelled it.", 409);

    public static Failure TimedOut(int minutes) =>
        new("build.timed-out", $"It ran longer than its limit of {minutes} minutes and was stopped.", 504)
        {
            Remedy = "Raise the time limit of the rule, or make the build shorter.",
        };

    public static Failure Lost(string phase) =>
        new(LostCode, $"The runner vanished twice while it was in the phase {phase}.", 500)
        {
            Remedy = "See whether the machine ran out of memory, then build again.",
        };

    public static Failure FirstRunnerLost(string phase) =>
        new(LostCode, $"Its first runner vanished in the phase {phase}; it is tried once more.", 500);

    public static Failure LogOffset() =>
        new("build.log-offset", "The start of the log is not a number.", 400) { Field = "start" };
}
