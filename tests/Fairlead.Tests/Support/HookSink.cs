using System.Collections.Concurrent;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Emulators.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Tests.Support;

/// <summary>Takes whatever is posted to it, keeps it as it came and answers 202.</summary>
public sealed class HookSink : IAsyncDisposable
{
    private readonly ConcurrentQueue<Post> _posts = new();
    private WebApplication _web = null!;

    public sealed record Post(IReadOnlyDictionary<string, string> Headers, byte[] Body)
    {
        public HeaderOf Header => name => Headers.GetValueOrDefault(name);
    }

    public Uri Url { get; private set; } = null!;

    public IReadOnlyList<Post> Posts => [.. _posts];

    public static async Task<HookSink> Start()
    {
        var sink = new HookSink();
        (sink._web, var root) = await Web.Start(sink.Keep);
        sink.Url = new Uri(root, "/hooks/one");
        return sink;
    }

    /// <summary>The posts that satisfy the condition, once there are as many.</summary>
    public Task<List<Post>> Wait(int count, Func<Post, bool> condition) =>
        Eventually.Value(
            $"{count} deliveries have come",
            () => Task.FromResult(Posts.Where(condition).ToList() is { } found && found.Count >= count ? found : null)
        );

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task Keep(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var headers = http.Request.Headers.ToDictionary(
            header => header.Key,
            header => header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase
        );
        _posts.Enqueue(new Post(headers, body.ToArray()));
        http.Response.StatusCode = StatusCodes.Status202Accepted;
    }
}
