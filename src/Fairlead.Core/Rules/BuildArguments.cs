using Fairlead.Core.Outcomes;

namespace Fairlead.Core.Rules;

/// <summary>Build arguments are settings that anyone who may see the rule may see, never secrets.</summary>
public static class BuildArguments
{
    public const int Limit = 64;

    public static IEnumerable<Failure> Check(IReadOnlyDictionary<string, string> arguments, string field)
    {
        if (arguments.Count > Limit)
            yield return RuleFailures.TooMany("build arguments", Limit, field);
        foreach (var (name, value) in arguments)
            if (!IsName(name))
                yield return RuleFailures.ArgumentName(name, field);
            else if (value.Length > 4096 || value.Any(one => char.IsControl(one) && one != '\t'))
                yield return RuleFailures.ArgumentValue(name, $"{field}.{name}");
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 128
        && !char.IsAsciiDigit(name[0])
        && name.All(one => char.IsAsciiLetterOrDigit(one) || one == '_');
}
