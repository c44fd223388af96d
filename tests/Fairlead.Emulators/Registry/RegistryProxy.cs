using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.Registry;

/// <summary>Stands before a registry and misbehaves on demand; without a fault it passes everything on.</summary>
public sealed class RegistryProxy : IAsyncDisposable
{
    private static readonly string[] HopByHop = ["Host", "Connection", "Transfer-Encoding", "Keep-Alive"];
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly Uri _registry;
    private WebApplication _app = null!;

    private RegistryProxy(Uri registry) => _registry = registry;

    /// <summary>Ends in a slash.</summary>
    public Uri Url { get; private set; } = null!;

    public string Host => Url.Authority;

    public RequestLog Requests { get; } = new();

    /// <summary>Hits every request.</summary>
    public Fault? Fault { get; set; }

    /// <summary>Answers uploads and manifests with this status: 403 denied, 500 broken, 507 full.</summary>
    public int? RefusePush { get; set; }

    /// <summary>How many images it still deletes before it breaks down.</summary>
    public int DeletesLeft { get; set; } = int.MaxValue;

    /// <summary>Sends clients to another token service, as a registry that fishes for passwords would.</summary>
    public Uri? HostileRealm { get; set; }

    /// <param name="registry">The registry behind it.</param>
    /// <param name="port">0 takes a free one.</param>
    public static async Task<RegistryProxy> Start(Uri registry, int port = 0)
    {
        var proxy = new RegistryProxy(registry);
        (proxy._app, proxy.Url) = await Web.Start(proxy.Handle, port);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task Handle(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        if (Fault is { } fault && await fault.Apply(http)) { }
        else if (HostileRealm is { } realm && !request.Headers.ContainsKey("Authorization"))
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            response.Headers.WWWAuthenticate = $"Bearer realm=\"{realm}\",service=\"registry\"";
        }
        else if (request.Method == "DELETE" && DeletesLeft-- <= 0)
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        else if (RefusePush is { } status && IsPush(request))
            await Refuse(response, status);
        else
            await Forward(http);
        Requests.Add(
            new Recorded(
                request.Method,
                request.Path,
                request.QueryString.ToString(),
                User(request),
                response.StatusCode
            )
        );
    }

    private static bool IsPush(HttpRequest request) => request.Method is "POST" or "PUT" or "PATCH";

    private static string? User(HttpRequest request) => BasicLogin.Of(request)?.User;

    private static Task Refuse(HttpResponse response, int status)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        var code = status == StatusCodes.Status403Forbidden ? "DENIED" : "UNKNOWN";
        return response.WriteAsync($$"""{"errors":[{"code":"{{code}}","message":"refused"}]}""");
    }

    private async Task Forward(HttpContext http)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(http.Request.Method),
            new Uri(_registry, http.Request.Path.ToString().TrimStart('/') + http.Request.QueryString)
        );
        if (http.Request.ContentLength is > 0 || http.Request.Headers.TransferEncoding.Count > 0)
            request.Content = new StreamContent(http.Request.Body);
        else if (IsPush(http.Request))
            request.Content = new ByteArrayContent([]);
        foreach (var (name, values) in http.Request.Headers)
            if (!HopByHop.Contains(name, StringComparer.OrdinalIgnoreCase))
                if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                    request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        using var answer = await _client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            http.RequestAborted
        );
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (!HopByHop.Contains(name, StringComparer.OrdinalIgnoreCase))
                http.Response.Headers[name] = values.ToArray();
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
