using System.Net;
using System.Text.RegularExpressions;
using Fairlead.Contracts;
using Fairlead.Contracts.Authorisations;
using Fairlead.Contracts.Connections;
using Fairlead.Emulators.GitHub;
using Fairlead.Tests.Contract.CodeHosts.GitHub;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>A server, a host that makes Apps, and an administrator with a browser at both.</summary>
internal sealed partial class AppWorld : IAsyncDisposable
{
    private readonly HttpClient _browser = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }
    );

    private AppWorld(GitHubStage stage, TestServer server) => (Stage, Server) = (stage, server);

    public GitHubStage Stage { get; }
    public TestServer Server { get; }
    public GitHubHost Host => Stage.Host;
    public JsonApi Api => new(() => Server.Administrator);

    public static async Task<AppWorld> Make(TimeProvider? clock = null)
    {
        var stage = await GitHubStage.Start();
        var world = new AppWorld(stage, await TestServer.Start(clock, adjust: QuietServer.NoDispatcher));
        await world.Api.Post<ReachRuleInfo>("reach-rules", new NewReachRule("*", "127.0.0.0/8") { PlainHttp = true });
        return world;
    }

    /// <summary>What a browser does: our form to the host, the person's click there.</summary>
    public async Task<Uri> Create(string? organization = null, bool writes = false)
    {
        var wish = new NewApp("github")
        {
            Organization = organization,
            WritesCode = writes,
            Settings = new Dictionary<string, string> { ["url"] = Stage.Target.Settings["url"] },
        };
        var start = await Api.Post<AppStart>("apps", wish);
        return await Create(start.Address, start.Field, start.Manifest);
    }

    /// <summary>The same, by the form of a page of ours.</summary>
    public async Task<Uri> Create(FormBrowser console)
    {
        var typed = ("f.url", Stage.Target.Settings["url"]);
        var page = await console.Send("/settings/applications?make=github", "make-github", typed);
        var form = PostThere().Match(page);
        Assert.True(form.Success, page);
        return await Create(form.Groups[1].Value, form.Groups[2].Value, form.Groups[3].Value);
    }

    private async Task<Uri> Create(string address, string field, string manifest)
    {
        var fields = new Dictionary<string, string> { [field] = manifest };
        var page = await _browser.PostAsync(address, new FormUrlEncodedContent(fields));
        Assert.Contains("Create GitHub App", await page.Content.ReadAsStringAsync());
        fields["create"] = "1";
        using var sent = await _browser.PostAsync(address, new FormUrlEncodedContent(fields));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        return sent.Headers.Location!;
    }

    /// <summary>The only App there is here.</summary>
    public async Task<AppInfo> Made() => Assert.Single((await Api.Get<Page<AppInfo>>("apps")).Items);

    public async Task<Uri> Install(AppInfo app) =>
        await Install((await Api.Post<InstallationStart>($"apps/{app.Id}/installations", new { })).Address);

    /// <summary>The person's click on the host's page.</summary>
    public async Task<Uri> Install(string address)
    {
        using var sent = await _browser.PostAsync(address, null);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        return sent.Headers.Location!;
    }

    public async Task<IReadOnlyList<InstallationInfo>> Installations(AppInfo app) =>
        (await Api.Get<Page<InstallationInfo>>($"apps/{app.Id}/installations")).Items;

    /// <summary>Comes back as somebody who has just signed in.</summary>
    /// <returns>Where it leads on to, or the page that says why not.</returns>
    public async Task<string> Return(Uri back, string person = "ada") =>
        await Return(back, await Server.Browser(person));

    public async Task<string> Return(Uri back, HttpClient browser)
    {
        using var answer = await browser.GetAsync(back.PathAndQuery);
        return answer.Headers.Location?.ToString() is { } next
            ? new Uri(Server.Url, next).AbsolutePath
            : WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("""action="(http[^"]+)".*?name="(manifest)" value="(.+?)" />""", RegexOptions.Singleline)]
    private static partial Regex PostThere();

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await Server.DisposeAsync();
        await Stage.DisposeAsync();
    }
}
