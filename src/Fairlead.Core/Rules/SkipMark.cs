namespace Fairlead.Core.Rules;

/// <summary>What people write into a commit's message so that pushing it builds nothing.</summary>
public static class SkipMark
{
    /// <summary>In any case, anywhere in the message. Marks of other systems (<c>[skip ci]</c>) mean those.</summary>
    public static readonly IReadOnlyList<string> All = ["[skip build]", "[build skip]"];

    public static bool IsIn(string message) =>
        All.Any(mark => message.Contains(mark, StringComparison.OrdinalIgnoreCase));
}
