using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.Gitea;

/// <summary>One request to the API, and how it is answered: pages, refusals.</summary>
internal sealed class GiteaCall(GiteaHost host, HttpContext http, string path)
{
    private const int StandardItems = 30;

    public GiteaHost Host => host;

    /// <summary>Below <c>/api/v1/</c>.</summary>
    public string Path => path;

    public HttpRequest Request => http.Request;

    public GiteaToken? Token { get; } = host.Known(TokenOf(http.Request));

    public JsonObject Body { get; private set; } = [];

    /// <summary>
    /// <c>Bearer</c> or <c>token</c>; in a Basic login the password, or the name where there is none.
    /// </summary>
    public static string? TokenOf(HttpRequest request)
    {
        var parts = request.Headers.Authorization.ToString().Split(' ', 2);
        if (parts is [var scheme, var value] && scheme.ToLowerInvariant() is "bearer" or "token")
            return value;
        return BasicLogin.Of(request) is var (user, password)
            ? password.Length > 0
                ? password
                : user
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
            await Refuse(422, "[]: invalid JSON");
            return false;
        }
        foreach (var (field, _) in Body)
            if (!fields.Contains(field))
                host.Violation($"field {field} of {Request.Method} {path}");
        return true;
    }

    public Task Refuse(int status, string message) =>
        Answer(status, new JsonObject { ["message"] = message, ["url"] = $"{host.Root}api/swagger" });

    /// <summary>One page of a list with its count.</summary>
    /// <param name="links">Some lists have no links to their other pages.</param>
    public Task Page<T>(IReadOnlyList<T> all, Func<T, JsonNode> shape, bool links = true)
    {
        var size = Math.Clamp(Number("limit") ?? StandardItems, 1, host.Flavour.MostItems);
        var last = Math.Max(1, (all.Count + size - 1) / size);
        var page = Math.Max(1, Number("page") ?? 1);
        http.Response.Headers["X-Total-Count"] = all.Count.ToString(CultureInfo.InvariantCulture);
        if (links && last > 1)
        {
            (int Page, string Relation)[] others =
                page < last ? [(page + 1, "next"), (last, "last")] : [(1, "first"), (page - 1, "prev")];
            http.Response.Headers.Link = string.Join(
                ',',
                others.Select(to => $"<{host.Root}api/v1/{path}?limit={size}&page={to.Page}>; rel=\"{to.Relation}\"")
            );
        }
        return Answer(200, new JsonArray([.. all.Skip((page - 1) * size).Take(size).Select(shape)]));
    }

    public async Task Answer(int status, JsonNode? body)
    {
        http.Response.StatusCode = status;
        if (body is null)
            return;
        http.Response.ContentType = "application/json;charset=utf-8";
        await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body));
    }

    private int? Number(string name) => int.TryParse(Request.Query[name], out var number) ? number : null;
}
