using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;

namespace Fairlead.Core.Rules;

/// <summary>What can be wrong with a build rule or the name of an image, in the words people read.</summary>
public static class RuleFailures
{
    public static Failure PatternEmpty(string field) =>
        Bad("rule.pattern-empty", "The branch or tag is missing.", field, "Give a name such as main, or a pattern.");

    public static Failure PatternTooLong(string field, int limit) =>
        Bad("rule.pattern-too-long", $"The pattern is longer than {limit} characters.", field, "Shorten it.");

    public static Failure NameUnsafe(string name, string field) =>
        Bad(
            "rule.ref-name",
            name.StartsWith('-')
                ? $"'{Shown(name)}' begins with a dash, so a program could take it for an option."
                : $"'{Shown(name)}' cannot be the name of a branch or tag.",
            field,
            "Give the short name as git shows it, such as main or release/1.0."
        );

    public static Failure PatternNotSupported(string what, string field) =>
        Bad(
            "rule.pattern-not-supported",
            $"The pattern uses {what}, which rules do without so that no pattern can stall the server.",
            field,
            "Say it with plain groups, classes and repetition, or make two rules of it."
        );

    public static Failure PatternTooLarge(string field) =>
        Bad(
            "rule.pattern-too-large",
            "The pattern unfolds to more states than a rule may have.",
            field,
            "Use smaller repetition counts."
        );

    public static Failure PatternBroken(string reason, string field) =>
        Bad("rule.pattern-broken", $"The pattern is no regular expression: {reason}.", field, "Mend the pattern.");

    public static Failure GroupTaken(string name, string field) =>
        Bad(
            "rule.group-taken",
            $"The group {name} has the name of a placeholder that every rule has.",
            field,
            "Call the group something else, such as imageTag."
        );

    public static Failure VersionsMissing(string field) =>
        Bad(
            "rule.versions-missing",
            "The rule has no image version.",
            field,
            "Give at least one, such as {branch} or {sha8}."
        );

    public static Failure VersionEmpty(string field) =>
        Bad("rule.version-empty", "The image version is empty.", field, "Give a version such as {branch} or latest.");

    public static Failure VersionCharacters(string text, string field) =>
        Bad(
            "rule.version-characters",
            text.Any(char.IsWhiteSpace)
                ? $"The image version '{Shown(text)}' contains a space."
                : $"The image version '{Shown(text)}' contains characters that an image tag may not have.",
            field,
            "Use letters, digits, dots, dashes and underscores; it may not begin with a dot or a dash."
        );

    public static Failure VersionTooLong(string field) =>
        Bad("rule.version-too-long", "The image version is longer than 128 characters.", field, "Shorten it.");

    public static Failure PlaceholderUnknown(string name, IEnumerable<string> known, string field) =>
        Bad(
            "rule.placeholder-unknown",
            $"The image version names {{{Shown(name)}}}, which this rule does not have.",
            field,
            $"It has {string.Join(", ", known.Select(one => $"{{{one}}}"))}."
        );

    public static Failure BraceOpen(string field) =>
        Bad("rule.version-brace", "The image version has a brace without its partner.", field, "Write {name}.");

    public static Failure TooMany(string what, int limit, string field) =>
        Bad("rule.too-many", $"There are more than {limit} {what}.", field, "Take some away.");

    public static Failure PathOutside(string field) =>
        Bad(
            "rule.path-outside",
            "The path leads out of the repository with '..'.",
            field,
            "Give a directory inside the repository, such as / or /server."
        );

    public static Failure PathCharacters(string field) =>
        Bad(
            "rule.path-characters",
            "The path has a part that begins with a dash, is .git, or has characters a path may not have.",
            field,
            "Give a plain path with slashes."
        );

    public static Failure PathPattern(string text, string field) =>
        Bad(
            "rule.path-pattern",
            $"'{Shown(text)}' is no pattern of paths.",
            field,
            "Give a directory or a file, such as server or server/**/*.go; a leading ! leaves out."
        );

    public static Failure PathsOf(RefKind kind, string field) =>
        Bad(
            kind == RefKind.Tag ? "rule.paths-of-tag" : "rule.paths-of-request",
            $"A {kind.Word()} is built whatever changed before it, so its rule has no paths.",
            field,
            "Take the paths away, or make it a rule for branches."
        );

    public static Failure VersionOfRequest(string text, string field) =>
        Bad(
            "rule.version-of-request",
            $"The image version '{Shown(text)}' of a pull request does not begin with {VersionTemplate.RequestStart}.",
            field,
            $"Write {VersionTemplate.RequestStart}, alone or with more behind a dash: "
                + $"{VersionTemplate.RequestStart}-{{sha8}}. Nothing else is written by a pull request."
        );

    public static Failure VersionKept(string version, string field) =>
        Bad(
            "rule.version-kept",
            $"The image version '{Shown(version)}' is kept for pull requests: it begins with pr- and a number.",
            field,
            "Begin it with something else, such as branch-{branch}."
        );

    /// <summary>No person's mistake: what is said of a request that a rule passes over.</summary>
    public static Failure FromFork(string number) =>
        new("rule.fork", $"Not built: pull request {number} is from a fork, and the rule builds none of those.", 409)
        {
            Remedy = "Look at what it changes; then let the rule build forks, or push the commit to a branch here.",
        };

    public static Failure PathTooLong(string field) =>
        Bad("rule.path-too-long", "The path is longer than 255 characters.", field, "Shorten it.");

    public static Failure DockerfileMissing(string field) =>
        Bad("rule.dockerfile-missing", "The name of the Dockerfile is missing.", field, "Usually it is Dockerfile.");

    public static Failure ArgumentName(string name, string field) =>
        Bad(
            "rule.argument-name",
            $"'{Shown(name)}' cannot be the name of a build argument.",
            field,
            "Use letters, digits and underscores, not beginning with a digit."
        );

    public static Failure ArgumentValue(string name, string field) =>
        Bad(
            "rule.argument-value",
            $"The value of the build argument {Shown(name)} has control characters or more than 4096 characters.",
            field,
            "Build arguments are one line of text; put anything larger into the repository."
        );

    public static Failure Platform(string text, string field) =>
        Bad(
            "rule.platform",
            $"'{Shown(text)}' is no platform that images are built for.",
            field,
            $"Choose from {string.Join(", ", PlatformName.Known)}."
        );

    public static Failure TimeLimit(string field) =>
        Bad("rule.time-limit", "The time limit has to be between 1 and 1440 minutes.", field, "The default is 60.");

    public static Failure Name(string what, string text, string field) =>
        Bad(
            "image.name",
            $"'{Shown(text)}' cannot be the name of {what}.",
            field,
            "Use lower-case letters and digits, joined by single dots, underscores or dashes, 2 to 120 in all."
        );

    private static Failure Bad(string code, string sentence, string field, string remedy) =>
        new(code, sentence, 422) { Field = field, Remedy = remedy };

    /// <summary>What a person typed, short and without control characters, so it can stand in a sentence.</summary>
    private static string Shown(string text)
    {
        var clean = new string([.. text.Take(60).Select(one => char.IsControl(one) ? '?' : one)]);
        return text.Length > 60 ? clean + "…" : clean;
    }
}
