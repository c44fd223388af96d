using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Fairlead.Contracts.Access;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Access;

/// <summary>Signing in and out the way a browser without scripts does: a page, a form, a cookie.</summary>
public sealed partial class BrowserTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task A_form_opens_a_session_and_another_ends_it()
    {
        await using var server = await TestServer.Start();
        await server.Administrator.PostAsJsonAsync(
            "/api/v1/people",
            new NewPerson("eve", "maintainer", Password: Password)
        );
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler) { BaseAddress = server.Url };

        using var wrong = await Send(browser, "/sign-in", ("name", "eve"), ("password", "wrong"));
        Assert.Contains("Name or password is wrong.", await wrong.Content.ReadAsStringAsync());
        Assert.DoesNotContain("fairlead=", Cookies(wrong));

        using var right = await Send(browser, "/sign-in", ("name", "eve"), ("password", Password));
        Assert.Equal("/", right.Headers.Location?.OriginalString.Replace(server.Options.BaseUrl, ""));
        Assert.Matches("fairlead=[0-9A-Za-z]{32}; path=/; samesite=lax; httponly", Cookies(right));
        Assert.Equal(200, (int)(await browser.GetAsync("/")).StatusCode);

        var cookie = handler.CookieContainer.GetCookies(server.Url)["fairlead"]!.Value;
        // Without the form's own token nothing happens.
        using var forged = await browser.PostAsync("/sign-out", new FormUrlEncodedContent([]));
        Assert.Equal(400, (int)forged.StatusCode);
        Assert.Equal(200, (int)(await browser.GetAsync("/")).StatusCode);
        using var ended = await Send(browser, "/sign-out", "/");
        Assert.Equal(302, (int)ended.StatusCode);
        using var thief = server.Client();
        thief.DefaultRequestHeaders.Add("Cookie", $"fairlead={cookie}");
        Assert.NotEqual(200, (int)(await thief.GetAsync("/")).StatusCode);
    }

    private static Task<HttpResponseMessage> Send(
        HttpClient browser,
        string path,
        params (string Name, string Value)[] fields
    ) => Send(browser, path, path, fields);

    /// <summary>Loads the page, takes the hidden fields of its form, and sends it.</summary>
    private static async Task<HttpResponseMessage> Send(
        HttpClient browser,
        string path,
        string page,
        params (string Name, string Value)[] fields
    )
    {
        var html = await browser.GetStringAsync(page);
        var hidden = Hidden().Matches(html).Select(field => (field.Groups["name"].Value, field.Groups["value"].Value));
        var form = hidden.DistinctBy(field => field.Item1).Concat(fields).ToDictionary();
        return await browser.PostAsync(path, new FormUrlEncodedContent(form));
    }

    private static string Cookies(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? string.Join('\n', cookies) : "";

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)" />""")]
    private static partial Regex Hidden();
}
