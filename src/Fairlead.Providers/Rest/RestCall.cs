using System.Net.Http.Headers;
using System.Text.Json;
using Fairlead.Core.Outcomes;
using Fairlead.Providers.Http;

namespace Fairlead.Providers.Rest;

/// <summary>One request to a host's API.</summary>
/// <param name="Path">Below the API's base, without a leading slash, escaped; with its query.</param>
internal sealed record RestCall(HttpMethod Method, string Path)
{
    /// <summary>Sent as JSON in the host's style; null for none.</summary>
    public object? Body { get; init; }

    /// <summary>What is asked for, in the sentence of a 404: "repository acme/shop".</summary>
    public string What { get; init; } = "such thing";

    /// <summary>The ETag of an earlier answer: the same again is a 304, which most hosts do not count.</summary>
    public string? Known { get; init; }

    public static RestCall Get(string path, string what) => new(HttpMethod.Get, path) { What = what };
}

/// <summary>An answer in the 200s, or a 304.</summary>
/// <param name="Url">Where it came from, after redirects within the host.</param>
internal sealed record RestAnswer(Uri Url, GuardedResponse Response)
{
    public bool IsUnchanged => Response.Status == 304;

    public string? ETag => Header("ETag");

    public string? Header(string name) => Response.Header(name).FirstOrDefault();
}

/// <summary>How one host's API is spoken to.</summary>
/// <param name="Base">Ends in a slash. The credential never goes to another origin.</param>
/// <param name="Json">The host's spelling.</param>
internal sealed record RestStyle(Uri Base, JsonSerializerOptions Json)
{
    public AuthenticationHeaderValue? Authorization { get; init; }

    /// <summary>
    /// In place of <see cref="Authorization"/> where it is minted first. Asked before each request, and once more with
    /// what the host did not accept (401), in case it was taken back before its time.
    /// </summary>
    public Func<
        AuthenticationHeaderValue?,
        CancellationToken,
        Task<Outcome<AuthenticationHeaderValue>>
    >? Authorise { get; init; }

    /// <summary>What it means when the host (named) does not take the second one either; null for the usual.</summary>
    public Func<string, Failure>? RefusedAgain { get; init; }

    public string Accept { get; init; } = "application/json";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// What a refusal by the host (named first) means, where it differs from the usual; null for the usual.
    /// </summary>
    public Func<string, RestCall, GuardedResponse, Failure?> Explain { get; init; } = (_, _, _) => null;
}
