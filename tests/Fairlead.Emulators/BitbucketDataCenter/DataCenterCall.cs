using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.BitbucketDataCenter;

/// <summary>One request to the API, and how it is answered: pages, refusals.</summary>
internal sealed class DataCenterCall(DataCenterHost host, HttpContext http, string path)
{
    private const int StandardItems = 25;

    public DataCenterHost Host => host;

    /// <summary>Below <c>/rest/</c>.</summary>
    public string Path => path;

    public HttpRequest Request => http.Request;

    public DataCenterToken? Token { get; } = TokenOf(host, http.Request);

    public JsonObject Body { get; private set; } = [];

    /// <summary>By itself, or a person's in place of a password.</summary>
    public static DataCenterToken? TokenOf(DataCenterHost host, HttpRequest request)
    {
        if (BasicLogin.Of(request) is var (user, password))
            return host.Known(password) is { IsPersons: true } token && token.User == user ? token : null;
        return
            AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            ? host.Known(header.Parameter)
            : null;
    }

    /// <summary>Reads the body; every field has to be one the real host knows.</summary>
    public async Task<bool> Read(params string[] fields)
    {
        try
        {
            Body = (await JsonNode.ParseAsync(Request.Body))!.AsObject();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            await Refuse(400, "Invalid JSON.", "server.InvalidJsonException");
            return false;
        }
        foreach (var (field, _) in Body)
            if (!fields.Contains(field))
                host.Violation($"field {field} of {Request.Method} {path}");
        return true;
    }

    /// <param name="exception">Below the host's own package.</param>
    public Task Refuse(int status, string message, string exception) =>
        Answer(
            status,
            new JsonObject
            {
                ["errors"] = new JsonArray(
                    new JsonObject
                    {
                        ["context"] = null,
                        ["message"] = message,
                        ["exceptionName"] = $"com.atlassian.bitbucket.{exception}",
                    }
                ),
            }
        );

    public Task NotPermitted() =>
        Refuse(401, "You are not permitted to access this resource", "AuthorisationException");

    /// <summary>
    /// One page. What may not be seen is passed over, so the next page does not start at the sum of start and size.
    /// </summary>
    public Task Page<T>(IReadOnlyList<T> all, Func<T, bool> isSeen, Func<T, JsonNode> shape)
    {
        var limit = Math.Clamp(Number("limit") ?? StandardItems, 1, host.MostItems);
        var start = Math.Max(0, Number("start") ?? 0);
        var values = new JsonArray();
        var at = start;
        for (; at < all.Count && values.Count < limit; at++)
            if (isSeen(all[at]))
                values.Add(shape(all[at]));
        var isLast = !all.Skip(at).Any(isSeen);
        var answer = new JsonObject
        {
            ["size"] = values.Count,
            ["limit"] = limit,
            ["isLastPage"] = isLast,
            ["values"] = values,
            ["start"] = start,
        };
        if (!isLast)
            answer["nextPageStart"] = at;
        return Answer(200, answer);
    }

    public async Task Answer(int status, JsonNode? body)
    {
        http.Response.StatusCode = status;
        if (Token is { } token)
            http.Response.Headers["X-AUSERNAME"] = Uri.EscapeDataString(token.User);
        if (body is null)
            return;
        http.Response.ContentType = "application/json;charset=UTF-8";
        await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body));
    }

    private int? Number(string name) => int.TryParse(Request.Query[name], out var number) ? number : null;
}
