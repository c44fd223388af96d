using System.Collections.Concurrent;
using Fairlead.Server.Access;
using Microsoft.Playwright;

namespace Fairlead.Tests.Support.Console;

/// <summary>A browser's page on a test server, which remembers everything the browser complained about.</summary>
public sealed class Tab : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = [];

    private Tab(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !IsStatus(message.Text))
                _complaints.Enqueue($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Enqueue($"exception: {error}");
        page.RequestFailed += (_, request) =>
        {
            if (request.Failure is { } why && !why.Contains("ERR_ABORTED", StringComparison.Ordinal))
                _complaints.Enqueue($"{request.Url}: {why}");
        };
    }

    public IPage Page { get; }

    /// <summary>Console errors, exceptions, violations of the content policy, failed requests.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <param name="person">Whose session the browser has; null for nobody's.</param>
    internal static async Task<Tab> Open(
        Chromium chromium,
        TestServer server,
        string? person,
        bool scripts = true,
        int width = 1440,
        int height = 900
    )
    {
        var context = await chromium.Context(
            new()
            {
                BaseURL = server.Url.ToString(),
                JavaScriptEnabled = scripts,
                ViewportSize = new() { Width = width, Height = height },
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        context.SetDefaultTimeout(15_000);
        if (person is not null)
            await context.AddCookiesAsync([await Session(server, person)]);
        return new Tab(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private static async Task<Cookie> Session(TestServer server, string person) =>
        await server.With(async db =>
        {
            var id = db.Set<PersonRow>().Single(row => row.Name == person).Id;
            var value = new Sessions(db, TimeProvider.System).Start(id, "test", "127.0.0.1");
            await db.SaveChangesAsync();
            return new Cookie
            {
                Name = "fairlead",
                Value = value,
                Url = server.Url.ToString(),
            };
        });

    /// <summary>The browser reports every answer of 4xx; those are looked at where they are expected.</summary>
    private static bool IsStatus(string text) =>
        text.StartsWith("Failed to load resource: the server responded with a status of 4", StringComparison.Ordinal);
}
