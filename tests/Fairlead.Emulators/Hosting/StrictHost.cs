using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;

namespace Fairlead.Emulators.Hosting;

/// <summary>
/// What every stand-in for a code host is: up on loopback, breakable, and strict. What the real host does not know is
/// refused, remembered as a violation, and fails the test when the host is disposed of.
/// </summary>
public abstract class StrictHost : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _violations = new();
    private WebApplication _app = null!;
    private long _ids = 4100;

    /// <summary>Ends in a slash.</summary>
    public Uri Url { get; private set; } = null!;

    public RequestLog Requests { get; } = new();

    /// <summary>How it misbehaves right now; null behaves.</summary>
    public Fault? Fault { get; set; }

    /// <summary>Only requests whose path has this in it run into the fault.</summary>
    public string FaultPath { get; set; } = "";

    /// <summary>What was asked for that the real host does not know; a test that expects some forgets them.</summary>
    public IReadOnlyList<string> Violations => [.. _violations];

    /// <summary>Has <see cref="Requests"/> keep what was answered, to be held against a description.</summary>
    public bool KeepsAnswers { get; set; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public void ForgetViolations() => _violations.Clear();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        End();
        GC.SuppressFinalize(this);
        if (!_violations.IsEmpty)
            throw new InvalidOperationException($"The real host knows nothing of: {string.Join("; ", _violations)}.");
    }

    internal long NextId() => Interlocked.Increment(ref _ids);

    internal void Violation(string what) => _violations.Enqueue(what);

    /// <param name="below">The path that everything lies below.</param>
    protected async Task Up(int port, X509Certificate2? certificate, string below = "")
    {
        (_app, var url) = await Web.Start(Handle, port, certificate);
        Url = new Uri(url, below.TrimEnd('/') + "/");
    }

    protected abstract Task Answer(HttpContext http);

    /// <summary>Whose credential a request carries; null for nobody's.</summary>
    protected abstract string? UserOf(HttpRequest request);

    /// <summary>Lets go of what the host holds besides its port.</summary>
    protected abstract void End();

    private async Task Handle(HttpContext http)
    {
        var path = http.Request.Path.ToString();
        var fields = await JsonFields.Of(http.Request);
        byte[]? answer = null;
        var fault = path.Contains(FaultPath) ? Fault : null;
        var isFault = fault is not null && await fault.Apply(http);
        if (fault is Fault.Truncated or Fault.SamePage or Fault.NextElsewhere)
            await AlteredAnswers.Run(fault, http, Answer);
        else if (!isFault)
            answer = await Kept(http);
        Requests.Add(
            new Recorded(
                http.Request.Method,
                path,
                http.Request.QueryString.ToString(),
                UserOf(http.Request),
                http.Response.StatusCode
            )
            {
                UserAgent = http.Request.Headers.UserAgent,
                Fields = fields,
                IsFault = isFault,
                Answer = answer,
            }
        );
    }

    private async Task<byte[]?> Kept(HttpContext http)
    {
        if (!KeepsAnswers)
        {
            await Answer(http);
            return null;
        }
        var body = new KeptBody(http.Response);
        http.Response.Body = body;
        await Answer(http);
        return body.Json;
    }
}
