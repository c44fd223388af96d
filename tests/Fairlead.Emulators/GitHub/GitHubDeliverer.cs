using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.GitHub;

/// <summary>What one delivery looked like on the wire, for those who check it independently.</summary>
public sealed record SentDelivery(string Event, string Signature, byte[] Body, int Status);

/// <summary>Sends deliveries as the real host does: signed, once, never again by itself.</summary>
internal sealed class GitHubDeliverer(GitHubHost host) : IDisposable
{
    /// <summary>More tags than this in one push are told to nobody.</summary>
    private const int MostTags = 3;

    private readonly HookPoster _poster = new();
    private readonly ConcurrentQueue<SentDelivery> _sent = new();

    public IReadOnlyList<SentDelivery> Sent => [.. _sent];

    public async Task Pushed(GitHubRepository one, string login, IReadOnlyList<string> lines)
    {
        var moves = lines.Select(line => line.Split(' ', 3)).Where(parts => parts.Length == 3).ToList();
        if (moves.Count(move => move[2].StartsWith("refs/tags/")) > MostTags)
            return;
        foreach (var move in moves)
            await ToAll(one, "push", null, await GitHubPush.Of(host, one, login, move));
    }

    public Task Ping(GitHubRepository one, GitHubHook hook) =>
        To(
            hook,
            "ping",
            null,
            new JsonObject
            {
                ["zen"] = "Keep it logically awesome.",
                ["hook_id"] = hook.Id,
                ["hook"] = GitHubShapes.Hook(host, one, hook),
                ["repository"] = GitHubShapes.Repository(host, one),
                ["sender"] = GitHubShapes.User(host, one.Owner),
            }
        );

    /// <summary>The event of something the host itself does, to every hook that hears it.</summary>
    public async Task ToAll(GitHubRepository one, string name, string? action, JsonObject payload)
    {
        GitHubHook[] hooks;
        lock (one.Hooks)
            hooks = [.. one.Hooks.Where(hook => hook.Active && hook.Hears(name))];
        foreach (var hook in hooks)
            await To(hook, name, action, payload);
    }

    public void Dispose() => _poster.Dispose();

    private Task To(GitHubHook hook, string name, string? action, JsonObject payload)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(payload);
        if (hook.ContentType == "form")
            body = Encoding.ASCII.GetBytes("payload=" + Uri.EscapeDataString(Encoding.UTF8.GetString(body)));
        return Send(hook, new(host.NextId(), Guid.NewGuid(), name, action, body, host.Time.GetUtcNow(), 0));
    }

    private async Task Send(GitHubHook hook, GitHubDelivery delivery)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url)
        {
            Content = new ByteArrayContent(delivery.Body),
        };
        request.Content.Headers.ContentType = new(
            hook.ContentType == "json" ? "application/json" : "application/x-www-form-urlencoded"
        );
        var headers = request.Headers;
        headers.UserAgent.ParseAdd("GitHub-Hookshot/f5a3c1b");
        headers.Add("X-GitHub-Event", delivery.Event);
        headers.Add("X-GitHub-Delivery", delivery.Guid.ToString());
        headers.Add("X-GitHub-Hook-ID", hook.Id.ToString());
        headers.Add("X-GitHub-Hook-Installation-Target-Type", "repository");
        headers.Add("X-GitHub-Hook-Installation-Target-ID", "1");
        headers.Add("X-GitHub-Enterprise-Version", "3.19.0");
        headers.Add("X-GitHub-Enterprise-Host", host.Url.Host);
        var signature = "";
        if (hook.Secret is { Length: > 0 } secret)
        {
            var key = Encoding.UTF8.GetBytes(secret);
            signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(key, delivery.Body));
            headers.Add("X-Hub-Signature", "sha1=" + Convert.ToHexStringLower(HMACSHA1.HashData(key, delivery.Body)));
            headers.Add("X-Hub-Signature-256", signature);
        }
        var status = await _poster.Send(request);
        hook.LastCode = status;
        _sent.Enqueue(new SentDelivery(delivery.Event, signature, delivery.Body, status));
        lock (hook.Deliveries)
            hook.Deliveries.Add(delivery with { At = host.Time.GetUtcNow(), Status = status });
    }
}
