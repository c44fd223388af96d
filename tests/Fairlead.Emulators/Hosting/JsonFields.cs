using System.Text.Json;

namespace Fairlead.Emulators.Hosting;

/// <summary>The names of what a request's body has, without the values: those may be secrets.</summary>
internal static class JsonFields
{
    /// <summary>Dotted names such as <c>config.url</c>; empty for what is no JSON object. The body can be read
    /// again.</summary>
    public static async Task<IReadOnlyList<string>> Of(HttpRequest request)
    {
        if (request.ContentType?.Contains("json", StringComparison.Ordinal) != true)
            return [];
        request.EnableBuffering();
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body);
            return [.. Names(body.RootElement, "").Distinct()];
        }
        catch (JsonException)
        {
            return [];
        }
        finally
        {
            request.Body.Position = 0;
        }
    }

    private static IEnumerable<string> Names(JsonElement value, string before) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value
                .EnumerateObject()
                .SelectMany(field => Names(field.Value, $"{before}{field.Name}.").Prepend(before + field.Name)),
            JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Names(item, before)),
            _ => [],
        };
}
