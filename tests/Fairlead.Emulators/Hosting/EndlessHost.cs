namespace Fairlead.Emulators.Hosting;

/// <summary>Answers every request with a body that never ends.</summary>
public sealed class EndlessHost : IAsyncDisposable
{
    private WebApplication _app = null!;
    private long _sent;

    /// <summary>Ends in a slash.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Bytes handed to clients so far.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>A client has hung up.</summary>
    public bool Ended { get; private set; }

    public static async Task<EndlessHost> Start()
    {
        var host = new EndlessHost();
        (host._app, host.Url) = await Web.Start(host.Pour);
        return host;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Pour(HttpContext http)
    {
        var drops = new byte[16 * 1024];
        try
        {
            // Kestrel swallows what is written to a closed connection and only says so here.
            while (!(await http.Response.BodyWriter.WriteAsync(drops, http.RequestAborted)).IsCompleted)
                Interlocked.Add(ref _sent, drops.Length);
        }
        catch (OperationCanceledException)
        {
            // The client has had enough.
        }
        Ended = true;
    }
}
