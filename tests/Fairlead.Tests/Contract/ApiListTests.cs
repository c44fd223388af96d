using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;

namespace Fairlead.Tests.Contract;

/// <summary>
/// The API document is true: every operation says what it answers, and every list takes <c>q</c>, <c>page</c> and
/// <c>size</c> and is filtered and cut on the server.
/// </summary>
public sealed class ApiListTests
{
    /// <summary>A vocabulary of the program itself, not rows that grow.</summary>
    private const string Vocabulary = "/api/v1/kinds";

    /// <summary>Asks the code host; the command line's journey covers it before a real one.</summary>
    private const string OfTheHost = "/api/v1/connections/{id}/refs";

    /// <summary>As well; the contract of code hosts covers it before each of them.</summary>
    private const string Repositories = "/api/v1/connections/{id}/repositories";

    /// <summary>As well, told by the host; the journey of Apps covers it.</summary>
    private const string Installations = "/api/v1/apps/{id}/installations";

    [Fact]
    public async Task Every_operation_says_what_it_answers_and_queries_have_one_spelling()
    {
        await using var server = await TestServer.Start();
        var wrong = new List<string>();
        foreach (var (name, operation) in Operations(await Document(server)))
        {
            if (!SaysItsAnswer(operation))
                wrong.Add($"{name} does not say what it answers");
            foreach (var query in Queries(operation).Where(query => !char.IsAsciiLetterLower(query[0])))
                wrong.Add($"{name} spells {query}");
            if (Queries(operation).Intersect(["search", "number", "limit", "offset"]).Any())
                wrong.Add($"{name} pages in words of its own");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Control_an_operation_that_says_nothing_is_found()
    {
        await using var server = await TestServer.Start();
        var operation = Operations(await Document(server)).First().Operation.DeepClone();
        Assert.True(SaysItsAnswer(operation));
        operation["responses"] = JsonNode.Parse("""{"200": {"description": "OK"}, "default": {}}""");
        Assert.False(SaysItsAnswer(operation));
    }

    [Fact]
    public async Task Every_list_is_filtered_and_cut_on_the_server()
    {
        await using var server = await TestServer.Start(adjust: QuietServer.NoDispatcher);
        await ConsoleSeed.Fill(server);
        using var browser = await server.Browser("ada");
        var document = await Document(server);
        var (lists, wrong) = (0, new List<string>());
        foreach (var (name, operation) in Operations(document).Where(one => one.Name.StartsWith("get ")))
        {
            var path = name[4..];
            if (Schema(operation)?["type"]?.ToString() == "array" && path != Vocabulary)
                wrong.Add($"{path} answers everything at once");
            if (Schema(operation)?["$ref"]?.ToString().Contains("/PageOf") != true)
                continue;
            lists++;
            if (!new[] { "q", "page", "size" }.All(Queries(operation).Contains))
                wrong.Add($"{path} takes {string.Join(' ', Queries(operation))}");
            if (path is Repositories or Installations)
                continue;
            wrong.AddRange(await Misbehaviour(server.Administrator, Filled(path)));
        }
        Assert.Empty(wrong);
        Assert.True(lists >= 17, $"Only {lists} lists were asked.");
        Assert.Contains("RefsInfo", Schema(document["paths"]![OfTheHost]!["get"]!)!.ToString());
    }

    private static async Task<IEnumerable<string>> Misbehaviour(HttpClient client, string path)
    {
        var whole = await client.GetFromJsonAsync<JsonObject>(path);
        var second = await client.GetFromJsonAsync<JsonObject>($"{path}?size=1&page=2");
        var none = await client.GetFromJsonAsync<JsonObject>($"{path}?q=no-such-thing-anywhere");
        var (total, cut) = ((int)whole!["total"]!, second!["items"]!.AsArray());
        var wrong = new List<string>();
        if ((int)whole["page"]! != 1 || (int)whole["size"]! != 25)
            wrong.Add($"{path} starts at page {whole["page"]} of {whole["size"]}");
        if ((int)none!["total"]! != 0)
            wrong.Add($"{path} does not filter");
        if (total > 1 && ((int)second["page"]! != 2 || cut.Count != 1))
            wrong.Add($"{path} does not turn the page");
        if (total > 1 && JsonNode.DeepEquals(cut[0], whole["items"]![0]))
            wrong.Add($"{path} shows the first thing on the second page");
        return wrong;
    }

    private static string Filled(string path) =>
        path.Replace("{space}/{name}", "shop/checkout")
            .Replace("people/{name}", "people/ada")
            .Replace("connections/{id}", "connections/acme-git");

    private static async Task<JsonNode> Document(TestServer server) =>
        (await server.Anonymous.GetFromJsonAsync<JsonNode>("/openapi/v1.json"))!;

    private static IEnumerable<(string Name, JsonNode Operation)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ($"{operation.Key} {path.Key}", operation.Value!);

    private static bool SaysItsAnswer(JsonNode operation) =>
        operation["responses"]!
            .AsObject()
            .Any(answer => answer.Key is "204" || (answer.Key.StartsWith('2') && answer.Value!["content"] is not null));

    private static JsonNode? Schema(JsonNode operation) =>
        operation["responses"]!["200"]?["content"]?["application/json"]?["schema"];

    private static IReadOnlyList<string> Queries(JsonNode operation) =>
        [
            .. from parameter in operation["parameters"]?.AsArray() ?? []
            where parameter!["in"]!.ToString() == "query"
            select parameter!["name"]!.ToString(),
        ];
}
