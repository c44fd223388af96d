using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fairlead.Emulators.Git;

/// <summary>Where a host reports pushes to, and the key it signs with.</summary>
/// <param name="Secret">Key of the HMAC-SHA256 over the raw body.</param>
public sealed record PushHook(Uri Url, string Secret);

/// <summary>One delivery and its answer; status 0 when nobody answered.</summary>
public sealed record Delivery(string Ref, string Before, string After, int Status);

/// <summary>Calls a webhook as a host's post-receive hook does: once per ref, in the order pushed.</summary>
internal sealed class PushReporter : IDisposable
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly ConcurrentQueue<Delivery> _deliveries = new();

    public IReadOnlyList<Delivery> Deliveries => [.. _deliveries];

    /// <param name="lines">What git gave post-receive: <c>before after ref</c>.</param>
    public async Task Report(PushHook hook, IEnumerable<string> lines)
    {
        foreach (var parts in lines.Select(line => line.Split(' ', 3)).Where(parts => parts.Length == 3))
            _deliveries.Enqueue(await Deliver(hook, parts[2], parts[0], parts[1]));
    }

    public async Task<Delivery> Report(PushHook hook, Delivery again)
    {
        var delivery = await Deliver(hook, again.Ref, again.Before, again.After);
        _deliveries.Enqueue(delivery);
        return delivery;
    }

    public void Dispose() => _client.Dispose();

    private async Task<Delivery> Deliver(PushHook hook, string @ref, string before, string after)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                @ref,
                before,
                after,
            }
        );
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(hook.Secret), body);
        using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(mac)}");
        try
        {
            using var response = await _client.SendAsync(request);
            return new Delivery(@ref, before, after, (int)response.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return new Delivery(@ref, before, after, 0);
        }
    }
}
