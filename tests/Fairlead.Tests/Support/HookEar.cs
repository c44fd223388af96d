using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Tests.Support;

/// <summary>Listens for signed webhooks and answers 202.</summary>
public sealed class HookEar : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Body, bool Signed)> _heard = new();
    private readonly byte[] _key;
    private Task _loop = Task.CompletedTask;

    private HookEar(string key) => _key = Encoding.UTF8.GetBytes(key);

    public Uri Url { get; private set; } = null!;

    public IReadOnlyList<(string Body, bool Signed)> Heard => [.. _heard];

    public static Task<HookEar> Start(string key)
    {
        var ear = new HookEar(key) { Url = new Uri($"http://127.0.0.1:{FreePort.Next()}/") };
        ear._listener.Prefixes.Add(ear.Url.ToString());
        ear._listener.Start();
        ear._loop = ear.Listen();
        return Task.FromResult(ear);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
        _listener.Close();
    }

    private async Task Listen()
    {
        while (_listener.IsListening)
        {
            try
            {
                var http = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await http.Request.InputStream.CopyToAsync(body);
                var expected = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(_key, body.ToArray()));
                var signed = http.Request.Headers["X-Hub-Signature-256"] == expected;
                _heard.Enqueue((Encoding.UTF8.GetString(body.ToArray()), signed));
                http.Response.StatusCode = 202;
                http.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
