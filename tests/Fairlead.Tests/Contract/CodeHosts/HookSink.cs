using System.Collections.Concurrent;
using System.Net;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Emulators.Hosting;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.CodeHosts;

/// <summary>Takes whatever is posted to it and keeps it as it came.</summary>
public sealed class HookSink : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<Post> _posts = new();
    private Task _loop = Task.CompletedTask;

    public sealed record Post(IReadOnlyDictionary<string, string> Headers, byte[] Body)
    {
        public HeaderOf Header => name => Headers.GetValueOrDefault(name);
    }

    public Uri Url { get; private set; } = null!;

    public IReadOnlyList<Post> Posts => [.. _posts];

    public static HookSink Start()
    {
        var sink = new HookSink { Url = new Uri($"http://127.0.0.1:{FreePort.Next()}/hooks/one") };
        sink._listener.Prefixes.Add(new Uri(sink.Url, "/").AbsoluteUri);
        sink._listener.Start();
        sink._loop = sink.Listen();
        return sink;
    }

    /// <summary>The posts that satisfy the condition, once there are as many.</summary>
    public Task<List<Post>> Wait(int count, Func<Post, bool> condition) =>
        Eventually.Value(
            $"{count} deliveries have come",
            () => Task.FromResult(Posts.Where(condition).ToList() is { } found && found.Count >= count ? found : null)
        );

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
        _listener.Close();
    }

    private async Task Listen()
    {
        while (_listener.IsListening)
            try
            {
                var http = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await http.Request.InputStream.CopyToAsync(body);
                var headers = http.Request.Headers.AllKeys.ToDictionary(
                    name => name!,
                    name => http.Request.Headers[name]!,
                    StringComparer.OrdinalIgnoreCase
                );
                _posts.Enqueue(new Post(headers, body.ToArray()));
                http.Response.StatusCode = 202;
                http.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
    }
}
