using Fairlead.Server.Access;

namespace Fairlead.Server.Web;

/// <summary>The verb a page needs: the same table as for endpoints. A page without one is refused.</summary>
/// <param name="verb">The name of a field of <see cref="Verbs"/>.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PageNeedsAttribute(string verb) : Attribute
{
    public Verb Verb { get; } =
        (Verb?)typeof(Verbs).GetField(verb)?.GetValue(null)
        ?? throw new InvalidOperationException($"There is no verb {verb}.");
}

/// <summary>A page that people see before they sign in.</summary>
/// <param name="why">For the reader, and for the test that lists open endpoints.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PageOpenToAllAttribute(string why) : Attribute
{
    public string Why => why;
}
