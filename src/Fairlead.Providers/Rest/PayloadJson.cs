using System.Text.Json;

namespace Fairlead.Providers.Rest;

/// <summary>Reads the bodies of deliveries, which may be anything.</summary>
internal static class PayloadJson
{
    /// <summary>Null for anything that is not such JSON; never throws.</summary>
    public static T? Parse<T>(ReadOnlySpan<byte> body, JsonSerializerOptions json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, json);
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
