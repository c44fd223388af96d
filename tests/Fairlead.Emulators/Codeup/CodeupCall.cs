using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fairlead.Emulators.Codeup;

/// <summary>One request to the API, and how it is answered: pages, refusals.</summary>
internal sealed class CodeupCall(CodeupHost host, HttpContext http, string path)
{
    public CodeupHost Host => host;

    /// <summary>Below <c>/oapi/v1/</c>, as it came.</summary>
    public string Path => path;

    public HttpRequest Request => http.Request;

    public CodeupToken? Token { get; } = host.Known(TokenOf(http.Request));

    public JsonObject Body { get; private set; } = [];

    public static string? TokenOf(HttpRequest request) => request.Headers["x-yunxiao-token"].FirstOrDefault();

    /// <summary>Reads the body; every field has to be one the real host knows.</summary>
    public async Task<bool> Read(params string[] fields)
    {
        try
        {
            Body = (await JsonNode.ParseAsync(Request.Body))!.AsObject();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            await Refuse(400, "BadRequest");
            return false;
        }
        foreach (var (field, _) in Body)
            if (!fields.Contains(field))
                host.Violation($"field {field} of {Request.Method} {path}");
        return true;
    }

    /// <summary>The platform's and the code API's bodies differ in all but the code.</summary>
    public Task Refuse(int status, string code) =>
        Answer(
            status,
            path.StartsWith("platform")
                ? new JsonObject
                {
                    ["errorCode"] = code,
                    ["errorMessage"] = "refused",
                    ["requestId"] = "37294673",
                }
                : new JsonObject
                {
                    ["traceId"] = "37294673",
                    ["code"] = status,
                    ["errorCode"] = code,
                    ["errorMessage"] = "refused",
                    ["errorDescription"] = "refused",
                }
        );

    /// <summary>One page of a list, with counts in headers and links nowhere.</summary>
    public Task Page<T>(IReadOnlyList<T> all, Func<T, JsonNode> shape)
    {
        var size = Math.Clamp(Number("perPage") ?? 20, 1, 100);
        var last = Math.Max(1, (all.Count + size - 1) / size);
        var page = Math.Max(1, Number("page") ?? 1);
        var headers = http.Response.Headers;
        headers["x-page"] = Text(page);
        headers["x-per-page"] = Text(size);
        headers["x-total"] = Text(all.Count);
        headers["x-total-pages"] = Text(last);
        headers["x-prev-page"] = page > 1 ? Text(page - 1) : "";
        headers["x-next-page"] = page < last ? Text(page + 1) : "";
        return Answer(200, new JsonArray([.. all.Skip((page - 1) * size).Take(size).Select(shape)]));
    }

    public async Task Answer(int status, JsonNode body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json;charset=UTF-8";
        http.Response.Headers["x-request-id"] = "37294673-00CA-5B8B-914F-A8B35511E90A";
        await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body));
    }

    private int? Number(string name) => int.TryParse(Request.Query[name], out var number) ? number : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
