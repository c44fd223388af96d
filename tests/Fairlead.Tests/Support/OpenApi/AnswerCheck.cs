using System.Text.Json;

namespace Fairlead.Tests.Support.OpenApi;

/// <summary>
/// Holds a value against a schema of OpenAPI 3.0: types, required and unknown fields, enumerations, alternatives.
/// Formats and limits are left to the clients. Of long lists the first few stand for all.
/// </summary>
internal sealed class AnswerCheck(ApiSchemas schemas)
{
    private const int OfLists = 3;

    /// <returns>What does not fit, by where it stands; nothing when all does.</returns>
    public IReadOnlyList<string> Faults(JsonElement value, JsonElement schema) => [.. Check(value, schema, "$")];

    private IEnumerable<string> Check(JsonElement value, JsonElement schema, string at)
    {
        schema = schemas.Resolve(schema);
        if (value.ValueKind == JsonValueKind.Null)
            return MayBeNull(schema) ? [] : [$"{at} is null"];
        if (Any(schema, "oneOf").Concat(Any(schema, "anyOf")).ToList() is { Count: > 0 } choices)
            return Best(value, choices, at);
        if (TypeOf(schema) is { } type && !Is(value, type))
            return [$"{at} is no {type}"];
        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => Same(word, value)))
            return [$"{at} is {value}, which is none of its values"];
        return value.ValueKind switch
        {
            JsonValueKind.Object => Fields(value, schema, at),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) => value
                .EnumerateArray()
                .Take(OfLists)
                .SelectMany((one, number) => Check(one, items, $"{at}[{number}]")),
            _ => [],
        };
    }

    /// <summary>The alternative that has least to complain of.</summary>
    private IEnumerable<string> Best(JsonElement value, IReadOnlyList<JsonElement> choices, string at) =>
        choices.Select(choice => Check(value, choice, at).ToList()).MinBy(faults => faults.Count)!;

    private IEnumerable<string> Fields(JsonElement value, JsonElement schema, string at)
    {
        var known = new Dictionary<string, JsonElement>();
        var required = new HashSet<string>();
        var isOpen = Collect(schema, known, required);
        foreach (var name in required.Where(name => !value.TryGetProperty(name, out _)))
            yield return $"{at}.{name} is missing";
        foreach (var field in value.EnumerateObject())
            if (known.TryGetValue(field.Name, out var described))
                foreach (var fault in Check(field.Value, described, $"{at}.{field.Name}"))
                    yield return fault;
            else if (!isOpen && known.Count > 0)
                yield return $"{at}.{field.Name} is no field of it";
    }

    /// <summary>What an object has by all that it is made of.</summary>
    /// <returns>Whether it may have fields of any name.</returns>
    private bool Collect(JsonElement schema, Dictionary<string, JsonElement> known, HashSet<string> required)
    {
        schema = schemas.Resolve(schema);
        var isOpen =
            schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind != JsonValueKind.False;
        foreach (var part in Any(schema, "allOf"))
            isOpen |= Collect(part, known, required);
        if (schema.TryGetProperty("properties", out var properties))
            foreach (var property in properties.EnumerateObject())
                known[property.Name] = property.Value;
        foreach (var name in Any(schema, "required"))
            required.Add(name.GetString()!);
        return isOpen;
    }

    private bool MayBeNull(JsonElement schema) =>
        (schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean())
        || (TypeOf(schema) is null && !schema.EnumerateObject().Any())
        || Any(schema, "oneOf").Concat(Any(schema, "anyOf")).Any(one => MayBeNull(schemas.Resolve(one)))
        || (schema.TryGetProperty("enum", out var words) && words.EnumerateArray().Any(IsNull));

    private static bool IsNull(JsonElement one) => one.ValueKind == JsonValueKind.Null;

    private static bool Same(JsonElement one, JsonElement other) => one.ToString() == other.ToString();

    private static string? TypeOf(JsonElement schema) =>
        schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private static bool Is(JsonElement value, string type) =>
        type switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind == JsonValueKind.Number,
            _ => true,
        };

    private static IEnumerable<JsonElement> Any(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var all) && all.ValueKind == JsonValueKind.Array ? all.EnumerateArray() : [];
}
