using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract;

/// <summary>
/// The API is what <c>docs/api.json</c> says: a change of it is seen in review. Run this test with
/// <c>FAIRLEAD_WRITE_API=1</c> to write the document anew.
/// </summary>
public sealed class ApiDocumentTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    [Fact]
    public async Task The_document_in_the_repository_describes_the_endpoints()
    {
        var derived = JsonNode.Parse(await ApiDescription.Derive());
        var text = Sorted(derived)!.ToJsonString(Readable) + "\n";
        var file = Path.Combine(RepositoryRoot.Path, "docs", "api.json");
        if (Environment.GetEnvironmentVariable("FAIRLEAD_WRITE_API") is not null)
            await File.WriteAllTextAsync(file, text);
        var kept = File.Exists(file) ? await File.ReadAllTextAsync(file) : "";
        Assert.True(
            kept == text,
            "The API is no longer what docs/api.json says. Look whether clients can live with the change, then run "
                + "`FAIRLEAD_WRITE_API=1 ./dev test --filter-class '*ApiDocumentTests'` and commit the document."
        );
    }

    [Fact]
    public async Task The_document_served_is_the_one_in_the_repository()
    {
        await using var server = await TestServer.Start();
        using var answer = await server.Anonymous.GetAsync("/openapi/v1.json");
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "api.json")),
            await answer.Content.ReadAsStringAsync()
        );
    }

    /// <summary>With the names of every object in order, so that the order of registration does not matter.</summary>
    private static JsonNode? Sorted(JsonNode? node) =>
        node switch
        {
            JsonObject map => new JsonObject(
                map.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                    .Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))
            ),
            JsonArray list => new JsonArray([.. list.Select(Sorted)]),
            _ => node?.DeepClone(),
        };
}
