using Fairlead.Core.Builds;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;

namespace Fairlead.Core.Rules;

/// <summary>A checked rule: what it is about, and what it makes of a push.</summary>
public sealed class BuildRule
{
    private const int VersionLimit = 10;

    private BuildRule(RuleForm form, RefPattern pattern, IReadOnlyList<VersionTemplate> versions) =>
        (Form, Pattern, Versions) = (form, pattern, versions);

    /// <summary>The form with its paths normalised.</summary>
    public RuleForm Form { get; }

    public RefPattern Pattern { get; }
    public IReadOnlyList<VersionTemplate> Versions { get; }

    /// <summary>
    /// All that is wrong with the form at once, each with its field (<c>prefix + "pattern"</c>, ...).
    /// </summary>
    public static Outcome<BuildRule> Read(RuleForm form, string prefix = "")
    {
        var wrong = new List<Failure>();
        var pattern = Keep(
            form.IsRegex
                ? RefPattern.Regex(form.Pattern, prefix + "pattern")
                : RefPattern.Exact(form.Pattern, prefix + "pattern"),
            wrong
        );
        var directory = Keep(ContextPath.Directory(form.Directory, prefix + "directory"), wrong);
        var dockerfile = Keep(ContextPath.File(form.Dockerfile, prefix + "dockerfile"), wrong);
        var versions = ReadVersions(form, pattern, prefix + "versions", wrong);
        wrong.AddRange(BuildArguments.Check(form.Arguments, prefix + "arguments"));
        wrong.AddRange(
            form.Platforms.Index()
                .Where(one => !PlatformName.IsKnown(one.Item))
                .Select(one => RuleFailures.Platform(one.Item, $"{prefix}platforms[{one.Index}]"))
        );
        if (form is { Paths.Count: > 0, RefKind: not RefKind.Branch })
            wrong.Add(RuleFailures.PathsOf(form.RefKind, prefix + "paths"));
        else
            Keep(PathFilter.Read(form.Paths, prefix + "paths"), wrong);
        if (form.TimeLimitMinutes is < 1 or > 1440)
            wrong.Add(RuleFailures.TimeLimit(prefix + "timeLimitMinutes"));
        if (wrong.Count > 0)
            return Failure.Of(wrong);
        var clean = form with
        {
            Directory = directory!,
            Dockerfile = dockerfile!,
            Platforms = form.Platforms.Distinct().ToList(),
            Forks = form is { Forks: true, RefKind: RefKind.Request },
        };
        return new BuildRule(clean, pattern!, versions);
    }

    /// <summary>What this rule makes of a ref at a commit, or why nothing.</summary>
    /// <param name="number">The number <c>{n}</c> stands for, should it be used.</param>
    /// <param name="request">Of the head of a request: where it comes from and goes to.</param>
    public RuleMatch Match(
        GitRef gitRef,
        CommitSha commit,
        long number,
        DateTimeOffset at,
        bool noCache,
        RequestEnds? request = null
    )
    {
        if (gitRef.Kind != Form.RefKind)
            return RuleMatch.No($"the rule is about {Form.RefKind.Words()}");
        if (gitRef.Kind == RefKind.Request && request is null)
            return RuleMatch.No("nothing is known of the request");
        if (Pattern.Match(request?.Target ?? gitRef.Name) is not { } groups)
            return RuleMatch.No($"'{Pattern.Text}' does not match");
        if (request is { FromFork: true } && !Form.Forks)
            return RuleMatch.Unusable(RuleFailures.FromFork(gitRef.Name));
        var values = new VersionValues(gitRef, commit, groups, number, at);
        var names = new List<string>();
        foreach (var template in Versions)
            if (!template.Expand(values).Try(out var name, out var failure))
                return RuleMatch.Unusable(failure);
            else if (!names.Contains(name))
                names.Add(name);
        return RuleMatch.Yes(
            new BuildPlan(
                Form.Directory,
                Form.Dockerfile,
                names,
                Form.Arguments,
                Form.Platforms,
                noCache,
                Form.TimeLimitMinutes
            )
            {
                Paths = Form.Paths,
            }
        );
    }

    private static List<VersionTemplate> ReadVersions(
        RuleForm form,
        RefPattern? pattern,
        string field,
        List<Failure> wrong
    )
    {
        if (form.Versions.Count == 0)
            wrong.Add(RuleFailures.VersionsMissing(field));
        if (form.Versions.Count > VersionLimit)
            wrong.Add(RuleFailures.TooMany("image versions", VersionLimit, field));
        if (pattern is null)
            return [];
        return form
            .Versions.Take(VersionLimit)
            .Select(
                (text, at) => Keep(VersionTemplate.Parse(text, form.RefKind, pattern.Groups, $"{field}[{at}]"), wrong)
            )
            .OfType<VersionTemplate>()
            .ToList();
    }

    private static T? Keep<T>(Outcome<T> outcome, List<Failure> wrong)
        where T : class
    {
        if (outcome.Try(out var value, out var failure))
            return value;
        wrong.Add(failure);
        return null;
    }
}
