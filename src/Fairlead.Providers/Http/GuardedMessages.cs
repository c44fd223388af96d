using System.Net.Http.Headers;
using System.Text.Json;

namespace Fairlead.Providers.Http;

/// <summary>A request to an address that a person typed, or that leads from one.</summary>
public sealed record GuardedRequest(HttpMethod Method, Uri Url)
{
    public const long ApiCap = 10 * 1024 * 1024;

    /// <summary>Bytes of answer read at most; more is a failure.</summary>
    public long Cap { get; init; } = ApiCap;

    public AuthenticationHeaderValue? Authorization { get; init; }

    public IReadOnlyList<string> Accept { get; init; } = [];

    public ReadOnlyMemory<byte>? Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    /// <summary>How the body is packed; null for not at all.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>As whom it is sent.</summary>
    public string Agent { get; init; } = "Fairlead";

    /// <summary>Headers besides those that have a property of their own.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>A 3xx is an answer like any other; whoever asks for this decides where to go, and with what.</summary>
    public bool TakesRedirects { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>An answer, read whole. Never show its body to anybody: it is the other side's word.</summary>
public sealed record GuardedResponse(int Status, byte[] Body, HttpHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public bool Ok => Status is >= 200 and < 300;

    public string? MediaType => ContentHeaders.ContentType?.MediaType;

    /// <summary>All values of a header, or nothing.</summary>
    public IEnumerable<string> Header(string name) => Headers.TryGetValues(name, out var values) ? values : [];

    /// <summary>The body as JSON of a known shape; null when it is anything else.</summary>
    public T? Json<T>(JsonSerializerOptions? options = null)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Body, options ?? JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
