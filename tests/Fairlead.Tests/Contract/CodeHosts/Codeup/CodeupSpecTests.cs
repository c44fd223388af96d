using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Emulators.Codeup;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.CodeHosts.Codeup;

/// <summary>What the provider sends stands in the host's published description of its API.</summary>
public sealed class CodeupSpecTests
{
    /// <summary>The official client asks it; the description has <c>platform/users:me</c> in its place.</summary>
    private const string Undescribed = "platform/user";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_request_is_one_that_the_published_description_knows()
    {
        var spec = await Spec();
        await using var stage = await CodeupStage.Start(CodeupEdition.Central);
        await UseAll(stage);
        var asked = stage.Host.Asked.Where(one => one.Path != Undescribed).ToList();
        Assert.Equal(8, asked.Select(one => (one.Method, Operation(spec, one)?.Path)).Distinct().Count());
        foreach (var one in asked)
            Assert.Equal("", string.Join("; ", Faults(spec, one)));
    }

    [Fact]
    public async Task Control_a_parameter_and_a_field_that_are_not_described_are_seen()
    {
        var spec = await Spec();
        var path = "codeup/organizations/60de/repositories/7/webhooks";
        Assert.Single(Faults(spec, new CodeupAsked("GET", path, ["perPage", "per_page"], null)));
        Assert.Single(Faults(spec, new CodeupAsked("POST", path, [], new() { ["url"] = "u", ["secret"] = "s" })));
        Assert.Single(Faults(spec, new CodeupAsked("POST", path, [], [])));
        Assert.Single(Faults(spec, new CodeupAsked("PATCH", path, [], null)));
    }

    private static async Task UseAll(CodeupStage stage)
    {
        var (target, name) = (stage.Target, (await stage.AddRepository("acme/shop")).Name);
        var hooks = (IManageHooks)stage.Provider;
        await ((IVerify)stage.Provider).Verify(target, Cancel);
        await ((IListRepositories)stage.Provider).ListRepositories(target, Cancel);
        var wish = new HookWish(new Uri("https://fairlead.example.com/hooks/a"), new Secret("s"));
        var made = (await hooks.CreateHook(target, name, wish, Cancel)).Value;
        await hooks.RepairHook(target, name, made.Id, wish, Cancel);
        await hooks.ListHooks(target, name, Cancel);
        await hooks.DeleteHook(target, name, made.Id, Cancel);
        var commit = CommitSha.Parse(new string('a', 40));
        var said = new CommitStatus(commit, CommitState.Cancelled, "fairlead/a", "Ended.", wish.Url);
        await ((IReportStatus)stage.Provider).ReportStatus(target, name, said, Cancel);
    }

    private static IEnumerable<string> Faults(JsonElement spec, CodeupAsked asked)
    {
        if (Operation(spec, asked) is not var (path, operation))
        {
            yield return $"no {asked.Method} {asked.Path}";
            yield break;
        }
        var known = operation.TryGetProperty("parameters", out var all)
            ? all.EnumerateArray().Select(one => one.GetProperty("name").GetString()).ToList()
            : [];
        foreach (var odd in asked.Parameters.Except(known))
            yield return $"no parameter {odd} of {path}";
        if (!operation.TryGetProperty("requestBody", out var body))
        {
            if (asked.Body is not null)
                yield return $"no body of {path}";
            yield break;
        }
        var schema = Resolve(spec, body.GetProperty("content").GetProperty("application/json").GetProperty("schema"));
        var sent = asked.Body?.ToDictionary(field => field.Key, field => field.Value) ?? [];
        foreach (
            var odd in sent.Keys.Except(schema.GetProperty("properties").EnumerateObject().Select(one => one.Name))
        )
            yield return $"no field {odd} of {path}";
        foreach (var wanted in schema.GetProperty("required").EnumerateArray().Select(one => one.GetString()!))
            if (!sent.ContainsKey(wanted))
                yield return $"{wanted} is missing of {path}";
    }

    private static (string? Path, JsonElement Operation)? Operation(JsonElement spec, CodeupAsked asked)
    {
        foreach (var path in spec.GetProperty("paths").EnumerateObject())
        {
            var pattern = "^" + Regex.Replace(path.Name.TrimStart('/'), @"\{[^}]+\}", "[^/]+") + "$";
            if (
                Regex.IsMatch(asked.Path, pattern)
                && path.Value.TryGetProperty(asked.Method.ToLowerInvariant(), out var operation)
            )
                return (path.Name, operation);
        }
        return null;
    }

    private static JsonElement Resolve(JsonElement spec, JsonElement schema) =>
        schema.TryGetProperty("$ref", out var to)
            ? to.GetString()!.Split('/').Skip(1).Aggregate(spec, (at, part) => at.GetProperty(part))
            : schema;

    private static async Task<JsonElement> Spec()
    {
        var path = Path.Combine(RepositoryRoot.Path, "..", "shared", "fixtures", "specs", "yunxiao.openapi.json");
        if (!File.Exists(path))
            Assert.Skip(
                "The description beside the project (shared/fixtures/specs/yunxiao.openapi.json) is not there."
            );
        return JsonDocument.Parse(await File.ReadAllBytesAsync(path)).RootElement;
    }
}
