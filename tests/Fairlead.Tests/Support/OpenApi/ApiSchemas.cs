using System.Text.Json;

namespace Fairlead.Tests.Support.OpenApi;

/// <summary>Reads the schemas of one description, references and parts included.</summary>
internal sealed class ApiSchemas(JsonElement root)
{
    /// <summary>Names of query parameters of a path or an operation.</summary>
    public IEnumerable<string> Parameters(JsonElement owner) =>
        owner.TryGetProperty("parameters", out var all)
            ? all.EnumerateArray()
                .Select(Resolve)
                .Where(one => one.GetProperty("in").GetString() == "query")
                .Select(one => one.GetProperty("name").GetString()!)
            : [];

    public static IEnumerable<JsonElement> OfRequest(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body) ? Contents(body) : [];

    public static IEnumerable<JsonElement> OfAnswer(JsonElement operation) =>
        operation
            .GetProperty("responses")
            .EnumerateObject()
            .Where(answer => answer.Name.StartsWith('2'))
            .SelectMany(answer => Contents(answer.Value));

    /// <summary>Whether a schema has the field; one that says nothing of its fields may have any.</summary>
    public bool Has(JsonElement schema, ReadOnlySpan<string> name)
    {
        schema = Resolve(schema);
        if (name.Length == 0 || IsOpen(schema))
            return true;
        if (schema.TryGetProperty("items", out var items))
            return Has(items, name);
        foreach (var part in Parts(schema))
            if (!IsOpen(Resolve(part)) && Has(part, name))
                return true;
        return schema.TryGetProperty("properties", out var properties)
            && properties.TryGetProperty(name[0], out var property)
            && Has(property, name[1..]);
    }

    private static bool IsOpen(JsonElement schema) =>
        !schema.TryGetProperty("items", out _)
        && !Parts(schema).Any()
        && (!schema.TryGetProperty("properties", out var known) || !known.EnumerateObject().Any());

    private static IEnumerable<JsonElement> Parts(JsonElement schema) =>
        new[] { "allOf", "oneOf", "anyOf" }.SelectMany(kind =>
            schema.TryGetProperty(kind, out var parts) ? parts.EnumerateArray().ToArray() : []
        );

    public static IEnumerable<JsonElement> Contents(JsonElement owner) =>
        owner.TryGetProperty("content", out var contents)
            ? contents
                .EnumerateObject()
                .Where(content => content.Value.TryGetProperty("schema", out _))
                .Select(content => content.Value.GetProperty("schema"))
            : [];

    /// <summary>What a reference leads to.</summary>
    public JsonElement Resolve(JsonElement one)
    {
        while (one.ValueKind == JsonValueKind.Object && one.TryGetProperty("$ref", out var link))
        {
            var found = root;
            foreach (var part in link.GetString()!.TrimStart('#', '/').Split('/'))
                found = found.GetProperty(part);
            one = found;
        }
        return one;
    }
}
