using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.GitLab;

/// <summary>What one delivery looked like on the wire, for those who check it independently.</summary>
public sealed record GitLabSent(IReadOnlyDictionary<string, string> Headers, byte[] Body, int Status);

/// <summary>Sends deliveries as the real host does, and gives up on hooks that fail.</summary>
internal sealed class GitLabDeliverer(GitLabHost host) : IDisposable
{
    /// <summary>More refs of one sort changed in one way by one push are told to nobody.</summary>
    private const int MostRefs = 3;

    private readonly HookPoster _poster = new();
    private readonly ConcurrentQueue<GitLabSent> _sent = new();

    public IReadOnlyList<GitLabSent> Sent => [.. _sent];

    public async Task Pushed(GitLabProject one, string user, IReadOnlyList<string> lines)
    {
        var moves = lines.Select(line => line.Split(' ', 3)).Where(parts => parts.Length == 3);
        foreach (var same in moves.GroupBy(Sort).Where(same => same.Count() <= MostRefs))
        foreach (var move in same)
        {
            var name = move[2].StartsWith("refs/tags/") ? "Tag Push Hook" : "Push Hook";
            var body = await GitLabPush.Of(host, one, user, move);
            await ToAll(one, name, body);
        }
    }

    public async Task ToAll(GitLabProject one, string name, JsonObject payload)
    {
        GitLabHook[] hooks;
        lock (one.Hooks)
            hooks = [.. one.Hooks.Where(hook => hook.Hears(name))];
        foreach (var hook in hooks.Where(hook => hook.AlertStatus(host.Time.GetUtcNow()) == "executable"))
            await Send(hook, Guid.NewGuid(), name, JsonSerializer.SerializeToUtf8Bytes(payload));
    }

    /// <summary>Sends the newest commit of the default branch as if it were pushed now.</summary>
    /// <returns>It was answered with a 2xx, which switches the hook on again.</returns>
    public async Task<bool> Test(GitLabProject one, GitLabHook hook, string user)
    {
        var git = new PushedCommits(host.Bare.PathOf(one.FullPath));
        var branch = $"refs/heads/{one.DefaultBranch}";
        var commits = await git.Lines("rev-list", "--all", "--max-count=2");
        if (commits.Length == 0)
            return false;
        var payload = await GitLabPush.Of(host, one, user, [commits[^1], commits[0], branch]);
        var body = JsonSerializer.SerializeToUtf8Bytes(payload);
        return await Send(hook, Guid.NewGuid(), "Push Hook", body) is >= 200 and < 300;
    }

    public void Dispose() => _poster.Dispose();

    private static (bool, bool, bool) Sort(string[] move) =>
        (move[2].StartsWith("refs/tags/"), PushedCommits.IsZero(move[0]), PushedCommits.IsZero(move[1]));

    private async Task<int> Send(GitLabHook hook, Guid key, string name, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        var headers = Headers(hook, key, name, body);
        foreach (var (header, value) in headers)
            request.Headers.Add(header, value);
        var status = await _poster.Send(request);
        hook.Met(status is >= 200 and < 300, host.Time.GetUtcNow());
        _sent.Enqueue(new GitLabSent(headers, body, status));
        lock (hook.Deliveries)
            hook.Deliveries.Add(new GitLabDelivery(host.NextId(), key, name, body, headers, status));
        return status;
    }

    public Dictionary<string, string> Headers(GitLabHook hook, Guid key, string name, byte[] body)
    {
        var headers = new Dictionary<string, string>
        {
            ["User-Agent"] = "GitLab/18.4.0",
            ["Idempotency-Key"] = key.ToString(),
            ["X-Gitlab-Event"] = name,
            ["X-Gitlab-Webhook-UUID"] = hook.Uuid.ToString(),
            ["X-Gitlab-Instance"] = host.Url.ToString().TrimEnd('/'),
            ["X-Gitlab-Event-UUID"] = Guid.NewGuid().ToString(),
        };
        if (hook.Token is { Length: > 0 } token)
            headers["X-Gitlab-Token"] = token;
        if (hook.SigningToken is { Length: > 0 } signing)
        {
            var at = host.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            var secret = Convert.FromBase64String(signing["whsec_".Length..]);
            byte[] signed = [.. Encoding.UTF8.GetBytes($"{key}.{at}."), .. body];
            headers["webhook-id"] = key.ToString();
            headers["webhook-timestamp"] = at;
            headers["webhook-signature"] = "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed));
        }
        return headers;
    }
}
