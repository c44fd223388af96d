using Fairlead.Contracts.Images;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Rules;
using Fairlead.Core.Sources;

namespace Fairlead.Server.Images;

/// <summary>A rule in its three dresses: as typed, as checked, as stored.</summary>
internal static class RuleReading
{
    /// <summary>All that is wrong at once; fields begin with <paramref name="prefix"/>.</summary>
    public static Outcome<BuildRule> Read(RuleInput input, string prefix = "")
    {
        var known = Kind(input.Type) is not null;
        var checkedRule = BuildRule.Read(Form(input), prefix);
        if (known)
            return checkedRule;
        var wrong = ImageFailures.RuleType(input.Type, prefix + "type");
        return Failure.Of([wrong, .. checkedRule.Ok ? [] : Parts(checkedRule.Failure)]);
    }

    public static IReadOnlyList<Failure> Parts(Failure failure) => failure.Parts.Count > 0 ? failure.Parts : [failure];

    /// <summary>What is stored has been checked, unless an older version was laxer: then the failure says so.</summary>
    public static Outcome<BuildRule> Read(RuleRow row) => BuildRule.Read(Form(Input(row)));

    public static void Write(this RuleRow row, BuildRule rule, bool newestWins)
    {
        row.RefKind = rule.Form.RefKind;
        row.Pattern = rule.Form.Pattern;
        row.IsRegex = rule.Form.IsRegex;
        row.Directory = rule.Form.Directory;
        row.Dockerfile = rule.Form.Dockerfile;
        row.Versions = [.. rule.Form.Versions];
        row.Arguments = new(rule.Form.Arguments);
        row.Platforms = [.. rule.Form.Platforms];
        row.Paths = [.. rule.Form.Paths];
        row.TimeLimitMinutes = rule.Form.TimeLimitMinutes;
        row.NewestWins = newestWins;
        row.Forks = rule.Form.Forks;
    }

    public static RuleInfo ToInfo(this RuleRow row) =>
        new(row.Id, Input(row), !row.IsRegex && row.RefKind != RefKind.Request, row.CreatedAt);

    private static RuleForm Form(RuleInput input) =>
        new()
        {
            RefKind = Kind(input.Type) ?? RefKind.Branch,
            Pattern = input.Pattern,
            IsRegex = input.IsRegex,
            Directory = input.Directory,
            Dockerfile = input.Dockerfile,
            Versions = input.Versions,
            Arguments = input.Arguments,
            Platforms = input.Platforms,
            Paths = input.Paths,
            TimeLimitMinutes = input.TimeLimitMinutes,
            Forks = input.Forks,
        };

    private static RuleInput Input(RuleRow row) =>
        new()
        {
            Type = Word(row.RefKind),
            Pattern = row.Pattern,
            IsRegex = row.IsRegex,
            Directory = row.Directory,
            Dockerfile = row.Dockerfile,
            Versions = row.Versions,
            Arguments = row.Arguments,
            Platforms = row.Platforms,
            Paths = row.Paths,
            NewestWins = row.NewestWins,
            TimeLimitMinutes = row.TimeLimitMinutes,
            Forks = row.Forks,
        };

    private static RefKind? Kind(string type) =>
        type switch
        {
            "branch" => RefKind.Branch,
            "tag" => RefKind.Tag,
            "request" => RefKind.Request,
            _ => null,
        };

    private static string Word(RefKind kind) => kind.ToString().ToLowerInvariant();
}
