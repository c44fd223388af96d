using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.BitbucketCloud;

/// <summary>
/// Sends deliveries as the real host does: signed where the hook has a secret, up to two more attempts after an answer
/// in the 500s, and nothing at all of what is too large (facts/codehosts.md 2.3).
/// </summary>
internal sealed class BitbucketDeliverer(BitbucketHost host) : IDisposable
{
    private const int MostBytes = 256 * 1024;
    private const int MostAttempts = 3;
    private readonly HookPoster _poster = new();
    private readonly ConcurrentQueue<BitbucketDelivery> _sent = new();

    public IReadOnlyList<BitbucketDelivery> Sent => [.. _sent];

    public async Task Pushed(BitbucketRepository one, string login, string[] lines)
    {
        if (lines.Length > 0)
            await ToAll(one, "repo:push", await new BitbucketPush(host, one).Of(login, lines));
    }

    public async Task ToAll(BitbucketRepository one, string name, JsonObject payload)
    {
        BitbucketHook[] hooks;
        lock (one.Hooks)
            hooks = [.. one.Hooks.Where(hook => hook.Active && hook.Events.Contains(name))];
        var body = JsonSerializer.SerializeToUtf8Bytes(payload);
        if (body.Length <= MostBytes)
            foreach (var hook in hooks)
                await Send(hook, name, body);
    }

    public void Dispose() => _poster.Dispose();

    private async Task Send(BitbucketHook hook, string name, byte[] body)
    {
        var request = Guid.NewGuid().ToString();
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var headers = Headers(hook, name, body, request, attempt);
            using var message = new HttpRequestMessage(HttpMethod.Post, hook.Url);
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.ContentType = new("application/json");
            foreach (var (header, value) in headers)
                message.Headers.TryAddWithoutValidation(header, value);
            var status = await _poster.Send(message);
            _sent.Enqueue(new BitbucketDelivery(name, headers, body, status));
            if (status < 500)
                return;
        }
    }

    private static Dictionary<string, string> Headers(
        BitbucketHook hook,
        string name,
        byte[] body,
        string request,
        int attempt
    )
    {
        var headers = new Dictionary<string, string>
        {
            ["User-Agent"] = "Bitbucket-Webhooks/2.0",
            ["X-Event-Key"] = name,
            ["X-Hook-UUID"] = hook.Uuid.Trim('{', '}'),
            ["X-Request-UUID"] = request,
            ["X-Attempt-Number"] = attempt.ToString(CultureInfo.InvariantCulture),
        };
        if (!string.IsNullOrEmpty(hook.Secret))
        {
            var digest = HMACSHA256.HashData(Encoding.UTF8.GetBytes(hook.Secret), body);
            headers["X-Hub-Signature"] = "sha256=" + Convert.ToHexStringLower(digest);
        }
        return headers;
    }
}
