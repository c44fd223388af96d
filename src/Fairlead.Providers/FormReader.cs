using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;

namespace Fairlead.Providers;

/// <summary>Reads a form field by field and gathers all failures, so a person mends the form once.</summary>
internal sealed class FormReader(FormInput input)
{
    private readonly Dictionary<string, string> _kept = [];
    private readonly List<Failure> _failures = [];

    /// <summary>What was typed, trimmed; null for nothing.</summary>
    public string? Text(string field) =>
        input.Settings.TryGetValue(field, out var text) && text.Trim() is { Length: > 0 } typed ? typed : null;

    public bool Has(string secret) => input.SecretsGiven.Contains(secret);

    public void Keep(string field, string? value)
    {
        if (value is not null)
            _kept[field] = value;
    }

    public void Refuse(Failure failure) => _failures.Add(failure);

    /// <summary>The value, or null after taking note of the failure.</summary>
    /// <param name="field">The field to name in place of the failure's own.</param>
    public T? Take<T>(Outcome<T> outcome, string? field = null)
        where T : class
    {
        if (outcome.Try(out var value, out var failure))
            return value;
        Refuse(field is null ? failure : failure with { Field = field });
        return null;
    }

    public string Choice(string field, string standard, string[] values)
    {
        var typed = Text(field) ?? standard;
        if (!values.Contains(typed))
            Refuse(FormFailures.Choice(field, values));
        return typed;
    }

    public Outcome<IReadOnlyDictionary<string, string>> Result() =>
        _failures.Count == 0 ? _kept : Failure.Of(_failures);
}
