using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.GitLab;

/// <summary>One request to the API, and how it is answered: headers, pages, refusals.</summary>
internal sealed class GitLabCall(GitLabHost host, HttpContext http, string path)
{
    /// <summary>No totals are told of longer lists (facts/codehosts.md 2.4).</summary>
    private const int MostCounted = 10_000;

    public GitLabHost Host => host;

    /// <summary>Below <c>/api/v4/</c>.</summary>
    public string Path => path;

    public HttpRequest Request => http.Request;

    public GitLabToken? Token { get; } =
        host.Known(TokenOf(http.Request)) is { } known
        && !(known.IsGranted && http.Request.Headers.ContainsKey("PRIVATE-TOKEN"))
            ? known
            : null;

    public JsonObject Body { get; private set; } = [];

    /// <summary><c>PRIVATE-TOKEN</c> or <c>Bearer</c>; in a Basic login the token is the password.</summary>
    public static string? TokenOf(HttpRequest request)
    {
        if (request.Headers["PRIVATE-TOKEN"].ToString() is { Length: > 0 } given)
            return given;
        var parts = request.Headers.Authorization.ToString().Split(' ', 2);
        if (parts is [var scheme, var value] && scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            return value;
        return BasicLogin.Of(request)?.Password;
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
            await Wrong(400, "The request body is not valid JSON");
            return false;
        }
        if (Body.Select(pair => pair.Key).FirstOrDefault(name => !fields.Contains(name)) is not { } odd)
            return true;
        host.Violation($"field {odd} of {Request.Method} {path}");
        await Wrong(400, $"{odd} is invalid");
        return false;
    }

    public string? Text(string field) => (string?)Body[field];

    public Task Refuse(int status, string message) => Answer(status, new JsonObject { ["message"] = message });

    /// <summary>As the layer below the application refuses: with another field than the application.</summary>
    public Task Wrong(int status, string error) => Answer(status, new JsonObject { ["error"] = error });

    /// <summary>One page of a list, with links to its neighbours.</summary>
    public Task Page<T>(IReadOnlyList<T> all, Func<T, JsonNode> shape)
    {
        var size = Math.Clamp(Number("per_page") ?? 20, 1, 100);
        var last = Math.Max(1, (all.Count + size - 1) / size);
        var page = Math.Max(1, Number("page") ?? 1);
        var headers = http.Response.Headers;
        var links = new List<string>();
        if (page > 1)
            links.Add(Link(page - 1, size, "prev"));
        if (page < last)
            links.Add(Link(page + 1, size, "next"));
        links.Add(Link(1, size, "first"));
        if (all.Count <= MostCounted)
        {
            links.Add(Link(last, size, "last"));
            headers["X-Total"] = Text(all.Count);
            headers["X-Total-Pages"] = Text(last);
        }
        headers.Link = string.Join(", ", links);
        headers["X-Page"] = Text(page);
        headers["X-Per-Page"] = Text(size);
        headers["X-Prev-Page"] = page > 1 ? Text(page - 1) : "";
        headers["X-Next-Page"] = page < last ? Text(page + 1) : "";
        return Answer(200, new JsonArray([.. all.Skip((page - 1) * size).Take(size).Select(shape)]));
    }

    /// <summary>What comes after an id, with a link to the rest.</summary>
    public Task Keyset<T>(IReadOnlyList<T> all, Func<T, long> id, Func<T, JsonNode> shape)
    {
        var size = Math.Clamp(Number("per_page") ?? 20, 1, 100);
        var shown = all.Where(one => id(one) > (Number("id_after") ?? 0)).Take(size + 1).ToList();
        if (shown.Count > size)
            http.Response.Headers.Link = $"<{Same("id_after")}id_after={id(shown[size - 1])}>; rel=\"next\"";
        return Answer(200, new JsonArray([.. shown.Take(size).Select(shape)]));
    }

    public Task Limited()
    {
        var headers = http.Response.Headers;
        headers["RateLimit-Limit"] = "2000";
        headers["RateLimit-Name"] = "throttle_authenticated_api";
        headers["RateLimit-Observed"] = "2001";
        headers["RateLimit-Remaining"] = "0";
        headers["Retry-After"] = "30";
        http.Response.StatusCode = 429;
        http.Response.ContentType = "text/plain";
        return http.Response.WriteAsync("Retry later\n");
    }

    public async Task Answer(int status, JsonNode? body)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.Headers["X-Gitlab-Meta"] = "{\"correlation_id\":\"emulator\",\"version\":\"1\"}";
        if (body is null)
            return;
        response.ContentType = "application/json";
        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body));
    }

    private int? Number(string name) => int.TryParse(Request.Query[name], out var number) ? number : null;

    private string Link(int page, int size, string relation) =>
        $"<{Same("page", "per_page")}page={page}&per_page={size}>; rel=\"{relation}\"";

    private string Same(params string[] without)
    {
        var others = Request.Query.Where(pair => !without.Contains(pair.Key));
        var query = string.Concat(others.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value!)}&"));
        return $"{host.Url}api/v4/{path}?{query}";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
