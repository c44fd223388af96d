using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Fairlead.Contracts;

namespace Fairlead.Tests.Support;

/// <summary>
/// The three faces of one test server: API, the real command line program and the console in a browser, all of the
/// administrator. What one of them says, the others have to say in the same words.
/// </summary>
internal sealed partial class Faces : IDisposable
{
    private readonly TempDir _home = new();
    private readonly TestServer _server;
    private readonly FormBrowser _browser;
    private readonly CommandLine _cli;

    private Faces(TestServer server, string session)
    {
        _server = server;
        _browser = new FormBrowser(server.Url, session);
        _cli = new CommandLine(_home);
    }

    public static async Task<Faces> Of(TestServer server)
    {
        var faces = new Faces(server, await server.Session("ada"));
        var token = server.Administrator.DefaultRequestHeaders.Authorization!.Parameter!;
        var signedIn = await faces._cli.RunWith(token, "login", server.Url.ToString(), "--with-token");
        Assert.True(signedIn.Code == 0, signedIn.Words);
        return faces;
    }

    public void Dispose()
    {
        _browser.Dispose();
        _home.Dispose();
    }

    /// <summary>What the API refuses.</summary>
    public async Task<Problem> Refused(string path, object body, int status = 422)
    {
        using var answer = await _server.Administrator.PostAsJsonAsync($"/api/v1/{path}", body);
        return await Refusal(answer, status);
    }

    public static async Task<Problem> Refusal(HttpResponseMessage answer, int status)
    {
        Assert.True((int)answer.StatusCode == status, $"{answer} {await answer.Content.ReadAsStringAsync()}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return (await answer.Content.ReadFromJsonAsync<Problem>())!;
    }

    /// <summary>The command fails, and says sentence and remedy.</summary>
    public async Task FailsInCli(string sentence, string? remedy, params string[] line)
    {
        var words = await Run(line, isToFail: true);
        Assert.Contains(sentence, words);
        Assert.Contains(Plain(remedy ?? ""), words);
    }

    /// <summary>The command shows something that says sentence and remedy.</summary>
    public async Task ShownInCli(string sentence, string? remedy, params string[] line)
    {
        var words = await Run(line, isToFail: false);
        Assert.Contains(sentence, words);
        Assert.Contains(Plain(remedy ?? ""), words);
    }

    /// <summary>A form is sent, and the page that answers says sentence and remedy beside each other.</summary>
    public async Task RefusedOnPage(Problem problem, string page, string form, params (string, string)[] typed) =>
        SaidOn(await _browser.Send(page, form, typed), problem.Title, problem.Remedy);

    /// <summary>A form is sent until it is refused, and a screen of its own says why.</summary>
    /// <param name="typed">What is typed the n-th time.</param>
    public async Task FailureScreen(Problem problem, string page, string form, Func<int, (string, string)[]> typed)
    {
        for (var number = 0; number < 500; number++)
            if (Plain(await _browser.Send(page, form, typed(number))) is var screen && screen.Contains(problem.Title))
            {
                Assert.Contains(problem.Remedy!, screen);
                return;
            }
        Assert.Fail($"The page never said '{problem.Title}'.");
    }

    /// <summary>A page says sentence and remedy beside each other.</summary>
    public async Task ShownOnPage(string sentence, string? remedy, string page) =>
        SaidOn(WebUtility.HtmlDecode(await _browser.Client.GetStringAsync(page)), sentence, remedy);

    private static void SaidOn(string html, string sentence, string? remedy)
    {
        var (page, said) = (Plain(html), Plain($"<b>{sentence}</b> {remedy}"));
        Assert.True(page.Contains(said), $"'{said}' is not what the page says: {Why().Match(page).Value}");
    }

    /// <summary>Both of its voices; lines are joined again where the terminal's width broke them.</summary>
    private async Task<string> Run(string[] line, bool isToFail)
    {
        var said = await _cli.Run(line);
        var words = Plain(said.Output + " " + said.Words);
        Assert.True(said.Code != 0 == isToFail, $"Exit code {said.Code}: {words}");
        return words;
    }

    private static string Plain(string text) => Blanks().Replace(text, " ").Trim();

    [GeneratedRegex("""fl-why.{0,400}""")]
    private static partial Regex Why();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
