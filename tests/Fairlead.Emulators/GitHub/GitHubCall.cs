using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.GitHub;

/// <summary>One request to the API, and how it is answered: headers, pages, conditions, refusals.</summary>
internal sealed class GitHubCall(GitHubHost host, HttpContext http, string path)
{
    public GitHubHost Host => host;

    /// <summary>Below <c>/api/v3/</c>.</summary>
    public string Path => path;

    public HttpRequest Request => http.Request;

    public GitHubToken? Token { get; } = host.Known(TokenOf(http.Request));

    public JsonObject Body { get; private set; } = [];

    /// <summary><c>Bearer</c> or <c>token</c>, in any case; in a Basic login the token is the password.</summary>
    public static string? TokenOf(HttpRequest request)
    {
        var parts = request.Headers.Authorization.ToString().Split(' ', 2);
        if (parts is [var scheme, var value] && scheme.ToLowerInvariant() is "bearer" or "token")
            return value;
        return BasicLogin.Of(request)?.Password;
    }

    /// <summary>Reads the body; every field has to be one the real host knows.</summary>
    /// <param name="fields">Dotted where nested.</param>
    public async Task<bool> Read(params string[] fields)
    {
        try
        {
            Body = (await JsonNode.ParseAsync(Request.Body))!.AsObject();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            await Refuse(400, "Problems parsing JSON");
            return false;
        }
        foreach (var field in Names(Body, ""))
            if (!fields.Contains(field))
            {
                host.Violation($"field {field} of {Request.Method} {path}");
                await Refuse(422, $"Invalid request. \"{field}\" is not a permitted key.");
                return false;
            }
        return true;
    }

    /// <param name="errors">What is wrong with which field; most refusals have none.</param>
    public Task Refuse(int status, string message, params string[] errors)
    {
        var refusal = new JsonObject
        {
            ["message"] = message,
            ["documentation_url"] = "https://developer.example.com/rest",
        };
        if (errors.Length > 0)
            refusal["errors"] = new JsonArray([.. errors.Select(Error)]);
        return Answer(status, refusal);
    }

    private static JsonNode Error(string message) =>
        new JsonObject
        {
            ["resource"] = "Hook",
            ["code"] = "custom",
            ["message"] = message,
        };

    /// <summary>One page of a list, with links to its neighbours.</summary>
    /// <param name="around">What the list stands in; null for the bare list.</param>
    public async Task Page<T>(IReadOnlyList<T> all, Func<T, JsonNode> shape, Func<JsonArray, JsonNode>? around = null)
    {
        var size = Math.Clamp(Number("per_page") ?? 30, 1, 100);
        var last = Math.Max(1, (all.Count + size - 1) / size);
        var page = Math.Max(1, Number("page") ?? 1);
        var links = new List<string>();
        if (page < last)
            links.AddRange([Link(page + 1, size, "next"), Link(last, size, "last")]);
        if (page > 1)
            links.AddRange([Link(1, size, "first"), Link(page - 1, size, "prev")]);
        if (links.Count > 0)
            http.Response.Headers.Link = string.Join(", ", links);
        var list = new JsonArray([.. all.Skip((page - 1) * size).Take(size).Select(shape)]);
        await Answer(200, around?.Invoke(list) ?? list);
    }

    /// <summary>A list that is paged by where the last page ended; it has no numbered pages.</summary>
    /// <param name="all">Newest first.</param>
    public async Task PageByCursor<T>(IReadOnlyList<T> all, Func<T, long> id, Func<T, JsonNode> shape)
    {
        var size = Math.Clamp(Number("per_page") ?? 30, 1, 100);
        var cursor = Request.Query["cursor"].ToString() is ['v', '1', '_', .. var last]
            ? long.Parse(last)
            : long.MaxValue;
        var rest = all.Where(one => id(one) < cursor).ToList();
        if (rest.Count > size)
            http.Response.Headers.Link =
                $"<{http.Request.Scheme}://{http.Request.Host}{http.Request.Path}?per_page={size}"
                + $"&cursor=v1_{id(rest[size - 1])}>; rel=\"next\"";
        await Answer(200, new JsonArray([.. rest.Take(size).Select(shape)]));
    }

    public async Task Answer(int status, JsonNode? body)
    {
        var bytes = body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body);
        var response = http.Response;
        if (Request.Method == "GET" && status == 200)
        {
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"";
            response.Headers.ETag = tag;
            if (Request.Headers.IfNoneMatch.ToString() is var known && (known == tag || known == "W/" + tag))
                (status, bytes) = (304, []);
        }
        Tell(status);
        response.StatusCode = status;
        if (bytes.Length > 0)
        {
            response.ContentType = "application/json; charset=utf-8";
            await response.Body.WriteAsync(bytes);
        }
    }

    /// <summary>What every answer tells of the token and its limit.</summary>
    private void Tell(int status)
    {
        var headers = http.Response.Headers;
        headers["X-GitHub-Media-Type"] = "github.v3; format=json";
        if (Token is null)
            return;
        if (status != 304 && Token.Remaining > 0)
            Token.Remaining--;
        headers["X-RateLimit-Limit"] = "5000";
        headers["X-RateLimit-Remaining"] = Token.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = host.Time.GetUtcNow().AddMinutes(30).ToUnixTimeSeconds().ToString();
        headers["X-RateLimit-Resource"] = "core";
        if (Token.Scopes is { } scopes)
            headers["X-OAuth-Scopes"] = string.Join(", ", scopes);
        if (Token.ExpiresAt is { } end)
            headers["github-authentication-token-expiration"] = end.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'");
    }

    private int? Number(string name) => int.TryParse(Request.Query[name], out var number) ? number : null;

    private string Link(int page, int size, string relation)
    {
        var others = Request.Query.Where(pair => pair.Key is not ("page" or "per_page"));
        var query = string.Concat(others.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value!)}&"));
        return $"<{host.Url}api/v3/{path}?{query}per_page={size}&page={page}>; rel=\"{relation}\"";
    }

    private static IEnumerable<string> Names(JsonObject at, string prefix) =>
        at.SelectMany(pair =>
            pair.Value is JsonObject inner
                ? [prefix + pair.Key, .. Names(inner, $"{prefix}{pair.Key}.")]
                : new[] { prefix + pair.Key }
        );
}
