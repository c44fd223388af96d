namespace Fairlead.Emulators.Hosting;

/// <summary>Sends deliveries as hosts do: no redirect is followed, and nobody is waited for longer than 10 s.</summary>
internal sealed class HookPoster : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    /// <returns>The status of the answer; 0 when there was none.</returns>
    public async Task<int> Send(HttpRequestMessage request)
    {
        try
        {
            using var response = await _client.SendAsync(request);
            return (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return 0;
        }
    }

    public void Dispose() => _client.Dispose();
}
