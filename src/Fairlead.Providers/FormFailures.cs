using Fairlead.Core.Outcomes;

namespace Fairlead.Providers;

/// <summary>What any form can run into.</summary>
internal static class FormFailures
{
    public static Failure Choice(string field, IReadOnlyList<string> values) =>
        new("input.choice", $"\"{field}\" is one of: {string.Join(", ", values)}.", 422) { Field = field };
}
