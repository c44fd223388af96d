using System.Net;
using System.Text.RegularExpressions;
using Fairlead.Contracts.Authorisations;
using Fairlead.Contracts.Connections;
using Fairlead.Emulators.Hosting;
using Fairlead.Server.Authorisations;
using Fairlead.Tests.Contract.CodeHosts;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>A server that is registered at a host, and a person with a browser at both.</summary>
internal sealed partial class OAuthWorld : IAsyncDisposable
{
    private readonly HttpClient _browser = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }
    );

    private OAuthWorld(HostStage stage, TestServer server) => (Stage, Server) = (stage, server);

    public HostStage Stage { get; }
    public TestServer Server { get; }
    public OAuthDoor Door => Stage.Door!;
    public JsonApi Api => new(() => Server.Administrator);
    public ApplicationInfo Application { get; private set; } = null!;

    public static async Task<OAuthWorld> Make(HostStage stage, TimeProvider? clock = null, string? database = null)
    {
        var server = await TestServer.Start(
            clock,
            plain => plain with { Database = database },
            QuietServer.NoDispatcher
        );
        var world = new OAuthWorld(stage, server);
        await world.Api.Post<ReachRuleInfo>("reach-rules", new NewReachRule("*", "127.0.0.0/8") { PlainHttp = true });
        var kind = (await world.Api.Get<KindInfo[]>("kinds")).Single(one => one.Kind == stage.Provider.Kind);
        var registered = world.Door.Register(kind.Grant!.Callback);
        world.Application = await world.Api.Post<ApplicationInfo>(
            "applications",
            new NewApplication(kind.Kind, registered.ClientId, registered.ClientSecret)
            {
                Settings = new Dictionary<string, string> { ["url"] = stage.Target.Settings["url"] },
            }
        );
        return world;
    }

    public Task<GrantStart> Start(string? id = null, string? again = null) =>
        Api.Post<GrantStart>("grants", new NewGrant(Application.Id) { Id = id, Again = again });

    /// <summary>What a person does on the host's page.</summary>
    /// <returns>Where the host sends the person back to.</returns>
    public async Task<Uri> Decide(string address, bool allow = true)
    {
        var page = await _browser.GetStringAsync(address);
        var fields = Hidden()
            .Matches(page)
            .Select(field => KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)))
            .Append(KeyValuePair.Create("decision", allow ? "allow" : "deny"));
        using var sent = await _browser.PostAsync(address.Split('?')[0], new FormUrlEncodedContent(fields));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        return sent.Headers.Location!;
    }

    /// <summary>Comes back as somebody who is signed in.</summary>
    /// <returns>Where it leads on to, or the page that says why not.</returns>
    public async Task<string> Return(Uri back, string person = "ada")
    {
        using var browser = await Server.Browser(person);
        using var answer = await browser.GetAsync(back.PathAndQuery);
        return answer.Headers.Location?.ToString() is { } next
            ? new Uri(Server.Url, next).AbsolutePath
            : WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Binds the connection <c>code</c> by two clicks.</summary>
    public async Task<ConnectionView> Bind()
    {
        var start = await Start("code");
        Assert.Equal("/connections/code", await Return(await Decide(start.Address)));
        return await Api.Get<ConnectionView>("connections/code");
    }

    public async Task<IReadOnlyList<string>> Connections() =>
        (await Api.Get<Contracts.Page<ConnectionView>>("connections")).Items.Select(one => one.Id).ToList();

    /// <summary>As if the access token were about to end, or had ended.</summary>
    public Task<int> Age(bool ended = false) =>
        Server.With(db =>
        {
            DateTimeOffset? past = TimeProvider.System.GetUtcNow().AddMinutes(-1);
            DateTimeOffset? end = TimeProvider.System.GetUtcNow().AddMinutes(ended ? -1 : 10);
            return db.Set<GrantRow>()
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(row => row.RenewAt, past).SetProperty(row => row.ExpiresAt, end)
                );
        });

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await Server.DisposeAsync();
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)">""")]
    private static partial Regex Hidden();
}
