namespace Fairlead.Tests.Rules;

/// <summary>How a rule fails: with everything that breaks it, and what to do instead.</summary>
internal static class Violations
{
    public static void None(IEnumerable<string> found, string advice)
    {
        var all = found.Order().ToList();
        Assert.True(all.Count == 0, $"{advice}\n  {string.Join("\n  ", all)}");
    }
}
