using System.Text.Json;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Tests.Support.OpenApi;

/// <summary>
/// A host's published description of its API (OpenAPI 3): says what of a request does not stand in it. Descriptions
/// lie beside the project, and may be absent.
/// </summary>
public sealed class HostDescription
{
    private readonly JsonElement _root;
    private readonly ApiSchemas _schemas;
    private readonly string[] _everywhere;

    /// <param name="everywhere">Query parameters that the host documents for all lists at once.</param>
    private HostDescription(JsonElement root, string[] everywhere) =>
        (_root, _schemas, _everywhere) = (root, new ApiSchemas(root), everywhere);

    /// <summary>Null where it is absent.</summary>
    /// <param name="file">Of <c>shared/fixtures/specs</c>.</param>
    public static HostDescription? Find(string file, params string[] everywhere)
    {
        var path = Path.Combine(RepositoryRoot.Path, "..", "shared", "fixtures", "specs", file);
        return File.Exists(path)
            ? new HostDescription(JsonDocument.Parse(File.ReadAllBytes(path)).RootElement, everywhere)
            : null;
    }

    /// <summary>GitHub's own, as far as the emulator goes; <c>./dev test</c> fetches it.</summary>
    public static HostDescription GitHub() => OfClients("github");

    /// <summary>Made of Gitea's own by way of its client's types, which know no nulls and leave nothing out.</summary>
    public static HostDescription Gitea() => OfClients("gitea");

    /// <summary>Of answers only, as the client's authors wrote them down.</summary>
    public static HostDescription GitLab() => OfClients("gitlab");

    private static HostDescription OfClients(string host)
    {
        var path = Path.Combine(NodeProgram.Directory, "node_modules", ".descriptions", $"{host}.json");
        Assert.True(File.Exists(path), $"The description of {host}'s API is not there: run ./dev test once.");
        return new HostDescription(JsonDocument.Parse(File.ReadAllBytes(path)).RootElement, []);
    }

    /// <summary>The description, or a skip that says it is absent.</summary>
    public static HostDescription OrSkip(HostDescription? found)
    {
        if (found is null)
            Assert.Skip("The host's description beside the project (shared/fixtures/specs) is not there.");
        return found;
    }

    /// <summary>What it does not know, one sentence each; nothing when all of the request stands in it.</summary>
    /// <param name="below">What the host's paths begin with before those of the description.</param>
    public IReadOnlyList<string> Unknown(Recorded request, string below)
    {
        var said = $"{request.Method} {request.Path}";
        if (!request.Path.StartsWith(below, StringComparison.Ordinal) || Find(request, below) is not var (item, does))
            return [$"{said} is no path of it"];
        var parameters = _schemas.Parameters(item).Concat(_schemas.Parameters(does)).Concat(_everywhere).ToHashSet();
        var query = request
            .Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(one => Uri.UnescapeDataString(one.Split('=')[0]))
            .Where(name => !parameters.Contains(name))
            .Select(name => $"{said} takes no parameter {name}");
        return [.. query, .. Body(request, does).Select(name => $"{said} takes no field {name}")];
    }

    /// <summary>What of an answer is not as described, one sentence each. What a fault answered is nobody's.</summary>
    public IReadOnlyList<string> Wrong(Recorded request, string below)
    {
        if (request.IsFault || Find(request, below) is not var (_, does))
            return [];
        var said = $"{request.Method} {request.Path} answered {request.Status}";
        var answers = does.GetProperty("responses");
        if (!answers.TryGetProperty($"{request.Status}", out var answer))
            return request.Status is >= 200 and < 300 ? [$"{said}, which it does not"] : [];
        if (request.Answer is not { } body)
            return [];
        foreach (var schema in ApiSchemas.Contents(_schemas.Resolve(answer)).Take(1))
            return
            [
                .. new AnswerCheck(_schemas)
                    .Faults(JsonDocument.Parse(body).RootElement, schema)
                    .Select(fault => $"{said}: {fault}"),
            ];
        return [];
    }

    private IEnumerable<string> Body(Recorded request, JsonElement does)
    {
        if (request.Fields.Count == 0)
            return [];
        // Where a body is only described in prose, it is the thing that comes back.
        var schemas = ApiSchemas.OfRequest(does).Concat(ApiSchemas.OfAnswer(does)).Take(1).ToList();
        return request.Fields.Where(name => !schemas.Any(schema => _schemas.Has(schema, name.Split('.'))));
    }

    /// <summary>Of several paths that fit, the one with most of it written out.</summary>
    private (JsonElement Item, JsonElement Does)? Find(Recorded request, string below)
    {
        var parts = request.Path[below.Length..].Trim('/').Split('/');
        var fitting =
            from path in _root.GetProperty("paths").EnumerateObject()
            let pattern = path.Name.Trim('/').Split('/')
            where Fits(pattern, parts)
            orderby pattern.Count(part => part.StartsWith('{'))
            select path.Value;
        foreach (var item in fitting.Take(1))
            if (item.TryGetProperty(request.Method.ToLowerInvariant(), out var does))
                return (item, does);
        return null;
    }

    private static bool Fits(string[] pattern, string[] parts) =>
        pattern.Length == parts.Length
        && pattern.Zip(parts).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
}
