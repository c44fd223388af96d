using System.Text;

namespace Fairlead.Emulators.Hosting;

/// <summary>Faults that let the host answer and spoil what it says.</summary>
internal static class AlteredAnswers
{
    /// <summary>What of a query names a page: taken away, every page is the first.</summary>
    private static readonly string[] PageNames = ["page", "start", "cursor", "id_after"];

    public static async Task Run(Fault fault, HttpContext http, Func<HttpContext, Task> answer)
    {
        if (fault is Fault.SamePage)
            http.Request.QueryString = QueryString.Create(
                http.Request.Query.Where(pair => !PageNames.Contains(pair.Key))
            );
        var body = http.Response.Body;
        using var held = new MemoryStream();
        http.Response.Body = held;
        await answer(http);
        http.Response.Body = body;
        if (fault is Fault.NextElsewhere elsewhere)
            await Rewrite(http, held, elsewhere.To);
        else if (fault is Fault.Truncated)
            await Cut(http, held);
        else
            await body.WriteAsync(held.ToArray());
    }

    /// <summary>Links to other pages lead to another host: in the header, or in the body.</summary>
    private static async Task Rewrite(HttpContext http, MemoryStream held, Uri to)
    {
        var (own, other) = ($"{http.Request.Scheme}://{http.Request.Host}/", new Uri(to, "/").AbsoluteUri);
        http.Response.Headers.Link = http.Response.Headers.Link.ToString().Replace(own, other);
        var text = Encoding.UTF8.GetString(held.ToArray()).Replace($"\"next\":\"{own}", $"\"next\":\"{other}");
        await http.Response.WriteAsync(text);
    }

    /// <summary>Half of what was promised, and then nothing: the connection is dropped.</summary>
    private static async Task Cut(HttpContext http, MemoryStream held)
    {
        http.Response.ContentLength = Math.Max(2, held.Length);
        await http.Response.Body.WriteAsync(held.ToArray().AsMemory(0, (int)held.Length / 2));
        await http.Response.Body.FlushAsync();
        http.Abort();
    }
}
