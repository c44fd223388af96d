using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.BitbucketDataCenter;

/// <summary>
/// Sends deliveries as the real host does: once each, signed where the hook has a secret, and for a while not at all
/// after five failures in a row (facts/codehosts.md 2.3).
/// </summary>
internal sealed class DataCenterDeliverer(DataCenterHost host) : IDisposable
{
    private const int MostFailures = 5;
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(10);
    private readonly HookPoster _poster = new();
    private readonly ConcurrentQueue<DataCenterDelivery> _sent = new();

    public IReadOnlyList<DataCenterDelivery> Sent => [.. _sent];

    /// <summary>All refs of a push in one delivery.</summary>
    public async Task Pushed(DataCenterRepository one, string user, string[] lines)
    {
        var git = new PushedCommits(host.PathOf(one));
        var changes = new JsonArray();
        string? commit = null;
        foreach (var line in lines)
            if (line.Split(' ', 3) is [var before, var after, var name] && Kind(name) is { } kind)
            {
                changes.Add(Change(before, after, name, kind));
                commit = PushedCommits.IsZero(after) ? null : await git.Ask("rev-parse", after + "^{commit}");
            }
        if (changes.Count == 0)
            return;
        var payload = Payload("repo:refs_changed", user);
        payload["repository"] = DataCenterShapes.Repository(host, one);
        payload["changes"] = changes;
        if (changes.Count == 1 && commit is not null)
            payload["toCommit"] = new JsonObject { ["id"] = commit, ["displayId"] = commit[..11] };
        await ToAll(one, "repo:refs_changed", payload);
    }

    /// <summary>Without a signature, to whatever address a person typed.</summary>
    /// <returns>What was answered.</returns>
    public async Task<int> Ping(string url)
    {
        await Send(url, "diagnostics:ping", """{"test":true}"""u8.ToArray(), "");
        return _sent.Last().Status;
    }

    public async Task ToAll(DataCenterRepository one, string name, JsonObject payload)
    {
        DataCenterHook[] hooks;
        lock (one.Hooks)
            hooks = [.. one.Hooks.Where(hook => hook.Active && hook.Events.Contains(name))];
        var body = JsonSerializer.SerializeToUtf8Bytes(payload);
        foreach (var hook in hooks.Where(hook => hook.RestsUntil <= host.Time.GetUtcNow()))
            if (await Send(hook.Url, name, body, hook.Secret) is >= 200 and < 300)
                hook.Failures = 0;
            else if (++hook.Failures >= MostFailures)
                hook.RestsUntil = host.Time.GetUtcNow() + Rest(hook.Failures - MostFailures);
    }

    public void Dispose() => _poster.Dispose();

    private JsonObject Payload(string name, string user) =>
        new()
        {
            ["eventKey"] = name,
            ["date"] = host.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'+0000'"),
            ["actor"] = DataCenterShapes.Actor(host, user),
        };

    private async Task<int> Send(string url, string name, byte[] body, string secret)
    {
        var headers = new Dictionary<string, string>
        {
            ["User-Agent"] = "Atlassian HttpClient",
            ["X-Event-Key"] = name,
            ["X-Request-Id"] = Guid.NewGuid().ToString(),
        };
        if (secret.Length > 0)
            headers["X-Hub-Signature"] =
                "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        foreach (var (header, value) in headers)
            request.Headers.TryAddWithoutValidation(header, value);
        var status = await _poster.Send(request);
        _sent.Enqueue(new DataCenterDelivery(name, headers, body, status));
        return status;
    }

    private static JsonObject Change(string before, string after, string name, string kind) =>
        new()
        {
            ["ref"] = new JsonObject
            {
                ["id"] = name,
                ["displayId"] = name.Split('/', 3)[2],
                ["type"] = kind,
            },
            ["refId"] = name,
            ["fromHash"] = before,
            ["toHash"] = after,
            ["type"] =
                PushedCommits.IsZero(before) ? "ADD"
                : PushedCommits.IsZero(after) ? "DELETE"
                : "UPDATE",
        };

    private static TimeSpan Rest(int more) =>
        TimeSpan.FromTicks(Math.Min(LongestRest.Ticks, FirstRest.Ticks << Math.Min(more, 20)));

    private static string? Kind(string name) =>
        name.StartsWith("refs/heads/") ? "BRANCH"
        : name.StartsWith("refs/tags/") ? "TAG"
        : null;
}
