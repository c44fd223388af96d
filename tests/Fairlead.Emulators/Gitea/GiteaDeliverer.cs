using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.Gitea;

/// <summary>What git gave post-receive of one ref.</summary>
internal sealed record GiteaMove(string Before, string After, string Ref)
{
    public bool IsNew => PushedCommits.IsZero(Before);
    public bool IsGone => PushedCommits.IsZero(After);
    public string? Branch => Ref.StartsWith("refs/heads/") ? Ref["refs/heads/".Length..] : null;
    public string? Tag => Ref.StartsWith("refs/tags/") ? Ref["refs/tags/".Length..] : null;
}

/// <summary>
/// Sends deliveries as the real host does: with its own headers and those of two others, each signed over the JSON,
/// and with empty digests when a hook has no secret. Nothing is sent twice.
/// </summary>
internal sealed class GiteaDeliverer(GiteaHost host) : IDisposable
{
    private readonly HookPoster _poster = new();
    private readonly ConcurrentQueue<GiteaDelivery> _sent = new();

    public IReadOnlyList<GiteaDelivery> Sent => [.. _sent];

    /// <summary>
    /// A branch that ends is told by <c>delete</c> alone; all else by a push, and what is new or a tag by a second
    /// event beside it.
    /// </summary>
    public async Task Moved(GiteaRepository one, string login, GiteaMove move)
    {
        if (move.Branch is null && move.Tag is null)
            return;
        var payload = new GiteaPayloads(host, one, login);
        if (move.IsNew)
            await ToAll(one, "create", "create", move.Branch, payload.Created(move));
        if (!move.IsGone || move.Tag is not null)
            await ToAll(one, "push", "push", move.Branch, await payload.Pushed(move));
        if (move.IsGone)
            await ToAll(one, "delete", "delete", move.Branch, payload.Deleted(move));
    }

    /// <summary>The button "test": a push that moves nothing.</summary>
    public async Task Test(GiteaRepository one, GiteaHook hook, string login, string commit)
    {
        var still = new GiteaMove(commit, commit, "refs/heads/" + one.DefaultBranch);
        await Send(hook, "push", "push", await new GiteaPayloads(host, one, login).Pushed(still));
    }

    public async Task ToAll(GiteaRepository one, string name, string type, string? branch, JsonObject payload)
    {
        GiteaHook[] hooks;
        lock (one.Hooks)
            hooks = [.. one.Hooks.Where(hook => hook.Hears(type, branch))];
        foreach (var hook in hooks)
            await Send(hook, name, type, payload);
    }

    public void Dispose() => _poster.Dispose();

    private async Task Send(GiteaHook hook, string name, string type, JsonObject payload)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(payload);
        var body =
            hook.ContentType == "form"
                ? Encoding.ASCII.GetBytes("payload=" + Uri.EscapeDataString(Encoding.UTF8.GetString(json)))
                : json;
        using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new(
            hook.ContentType == "form" ? "application/x-www-form-urlencoded" : "application/json"
        );
        var headers = Headers(hook, name, type, json);
        foreach (var (header, value) in headers)
            request.Headers.TryAddWithoutValidation(header, value);
        _sent.Enqueue(new GiteaDelivery(name, type, headers, body, await _poster.Send(request)));
    }

    private static Dictionary<string, string> Headers(GiteaHook hook, string name, string type, byte[] json)
    {
        var (key, id) = (Encoding.UTF8.GetBytes(hook.Secret), Guid.NewGuid().ToString());
        var digest = key.Length == 0 ? "" : Convert.ToHexStringLower(HMACSHA256.HashData(key, json));
        var old = key.Length == 0 ? "" : Convert.ToHexStringLower(HMACSHA1.HashData(key, json));
        var headers = new Dictionary<string, string>
        {
            ["X-Hub-Signature"] = "sha1=" + old,
            ["X-Hub-Signature-256"] = "sha256=" + digest,
        };
        foreach (var product in new[] { "Gitea", "Gogs", "GitHub" })
        {
            headers[$"X-{product}-Delivery"] = id;
            headers[$"X-{product}-Event"] = name;
            headers[$"X-{product}-Event-Type"] = type;
        }
        headers["X-Gitea-Signature"] = headers["X-Gogs-Signature"] = digest;
        return headers;
    }
}
