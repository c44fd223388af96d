using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.BitbucketCloud;

/// <summary>One request to the API, and how it is answered: pages, refusals.</summary>
internal sealed class BitbucketCall(BitbucketHost host, HttpContext http, string path)
{
    private const int StandardItems = 10;
    private const int MostItems = 100;

    public BitbucketHost Host => host;

    /// <summary>Below <c>/2.0/</c>.</summary>
    public string Path => path;

    public HttpRequest Request => http.Request;

    public BitbucketToken? Token { get; } = TokenOf(host, http.Request);

    public JsonObject Body { get; private set; } = [];

    /// <summary>A person's token beside the e-mail address, an access token alone.</summary>
    public static BitbucketToken? TokenOf(BitbucketHost host, HttpRequest request)
    {
        if (BasicLogin.Of(request) is var (user, password))
            return host.Known(password) is { Email: { } email } person && email == user ? person : null;
        return
            AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            && host.Known(header.Parameter) is { Email: null } token
            ? token
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
            await Refuse(400, "Bad request");
            return false;
        }
        foreach (var (field, _) in Body)
            if (!fields.Contains(field))
                host.Violation($"field {field} of {Request.Method} {path}");
        return true;
    }

    public Task Refuse(int status, string message, JsonNode? detail = null)
    {
        var error = new JsonObject { ["message"] = message };
        if (detail is not null)
            error["detail"] = detail;
        return Answer(status, new JsonObject { ["type"] = "error", ["error"] = error });
    }

    /// <summary>A field that the host does not take as it is.</summary>
    public Task Wrong(string field, string why) =>
        Answer(
            400,
            new JsonObject
            {
                ["type"] = "error",
                ["error"] = new JsonObject
                {
                    ["message"] = $"{field}: {why}",
                    ["fields"] = new JsonObject { [field] = new JsonArray(why) },
                },
            }
        );

    /// <summary>One page of a list; only its body says where the next one is.</summary>
    public Task Page<T>(IReadOnlyList<T> all, Func<T, JsonNode> shape)
    {
        var size = Number("pagelen") ?? StandardItems;
        var page = Number("page") ?? 1;
        if (size is < 1 or > MostItems)
            return Refuse(400, "Invalid pagelen");
        if (page < 1)
            return Refuse(404, "Invalid page");
        var answer = new JsonObject
        {
            ["values"] = new JsonArray([.. all.Skip((page - 1) * size).Take(size).Select(shape)]),
            ["pagelen"] = size,
            ["size"] = all.Count,
            ["page"] = page,
        };
        if (page * size < all.Count)
            answer["next"] = Next(page + 1);
        return Answer(200, answer);
    }

    /// <param name="body">Null for none; its type is told even then, or the host's own client fails.</param>
    public async Task Answer(int status, JsonNode? body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = body is null ? "text/html; charset=utf-8" : "application/json; charset=utf-8";
        if (body is null)
            return;
        await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body));
    }

    private string Next(int page)
    {
        var others = Request
            .Query.Where(one => one.Key != "page")
            .Select(one => $"{one.Key}={Uri.EscapeDataString(one.Value!)}");
        return $"{host.Url}2.0/{path}?{string.Join('&', others.Append($"page={page}"))}";
    }

    private int? Number(string name) => int.TryParse(Request.Query[name], out var number) ? number : null;
}
