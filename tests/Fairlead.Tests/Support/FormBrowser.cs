using System.Net;
using System.Text.RegularExpressions;

namespace Fairlead.Tests.Support;

/// <summary>A browser without scripts: cookies, and forms sent with all their hidden fields.</summary>
internal sealed partial class FormBrowser : IDisposable
{
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false };

    /// <param name="session">Of somebody who is signed in; null for nobody.</param>
    public FormBrowser(Uri server, string? session = null)
    {
        Client = new HttpClient(_handler) { BaseAddress = server };
        if (session is not null)
            _handler.CookieContainer.Add(server, new Cookie("fairlead", session));
    }

    public HttpClient Client { get; }

    /// <summary>The cookie that is the session.</summary>
    public string Session => _handler.CookieContainer.GetCookies(Client.BaseAddress!)["fairlead"]!.Value;

    /// <summary>Loads a page and sends one of its forms.</summary>
    /// <param name="name">What the page calls the form.</param>
    /// <returns>The page that answers, as the text a person reads.</returns>
    public async Task<string> Send(string page, string name, params (string Name, string Value)[] typed)
    {
        var html = await Client.GetStringAsync(page);
        var form = html.Split("<form").Single(part => part.Contains($"name=\"_handler\" value=\"{name}\""));
        var fields = Hidden().Matches(form).Select(field => (field.Groups["name"].Value, field.Groups["value"].Value));
        var all = fields.Concat(typed).GroupBy(field => field.Item1).ToDictionary(of => of.Key, of => of.Last().Item2);
        using var answer = await Client.PostAsync(page, new FormUrlEncodedContent(all));
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    public void Dispose() => Client.Dispose();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)" />""")]
    private static partial Regex Hidden();
}
