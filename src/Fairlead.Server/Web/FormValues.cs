using Fairlead.Core.Secrets;
using Microsoft.Extensions.Primitives;

namespace Fairlead.Server.Web;

/// <summary>What a form posted, by field name. Values are trimmed; secrets are not.</summary>
internal sealed class FormValues(IReadOnlyDictionary<string, StringValues> values)
{
    public static FormValues Of(HttpRequest request) =>
        request is { Method: "POST", HasFormContentType: true }
            ? new(request.Form.ToDictionary(field => field.Key, field => field.Value))
            : new(new Dictionary<string, StringValues>());

    public bool Any => values.Count > 0;

    public IEnumerable<string> Names => values.Keys;

    /// <summary>The field's text; empty when it was not posted.</summary>
    public string this[string name] => values.TryGetValue(name, out var value) ? value.ToString().Trim() : "";

    public bool Has(string name) => this[name].Length > 0;

    /// <summary>A switch or box: browsers post it only when it is on.</summary>
    public bool On(string name) => Has(name);

    public long? Number(string name) => long.TryParse(this[name], out var number) ? number : null;

    /// <summary>Every value of a field that may be given several times.</summary>
    public IReadOnlyList<string> All(string name) =>
        values.TryGetValue(name, out var given) ? [.. given.OfType<string>().Where(value => value.Length > 0)] : [];

    /// <summary>The lines of a text area, without blank ones.</summary>
    public IReadOnlyList<string> Lines(string name) =>
        this[name].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A secret exactly as typed, or null when the field was left empty.</summary>
    public Secret? Secret(string name) =>
        values.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? new Secret(text) : null;
}
