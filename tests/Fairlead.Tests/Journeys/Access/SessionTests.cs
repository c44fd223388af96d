using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Access;
using Fairlead.Server.Access;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Access;

public sealed class SessionTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_browser_is_signed_out_after_half_an_hour_of_nothing()
    {
        await using var server = await TestServer.Start(_clock);
        using var browser = await server.Browser("ada");
        for (var i = 0; i < 4; i++)
        {
            _clock.Leap(Sessions.Idle - TimeSpan.FromSeconds(1));
            Assert.True(await IsSignedIn(browser));
        }
        _clock.Leap(Sessions.Idle);
        Assert.False(await IsSignedIn(browser));
    }

    [Fact]
    public async Task A_browser_is_signed_out_after_twelve_hours_whatever_it_does()
    {
        await using var server = await TestServer.Start(_clock);
        using var browser = await server.Browser("ada");
        for (var passed = TimeSpan.Zero; passed < Sessions.Longest; passed += TimeSpan.FromMinutes(20))
        {
            Assert.True(await IsSignedIn(browser));
            _clock.Leap(TimeSpan.FromMinutes(20));
        }
        Assert.False(await IsSignedIn(browser));
    }

    [Fact]
    public async Task Sessions_are_listed_and_ended_by_their_owner_only()
    {
        await using var server = await TestServer.Start(_clock);
        using var browser = await server.Browser("max");
        var page = await server.Member.GetFromJsonAsync<Page<Session>>("/api/v1/sessions");
        var session = Assert.Single(page!.Items);
        Assert.Equal(404, (int)(await server.Administrator.DeleteAsync($"/api/v1/sessions/{session.Id}")).StatusCode);
        Assert.True(await IsSignedIn(browser));
        Assert.Equal(204, (int)(await server.Member.DeleteAsync($"/api/v1/sessions/{session.Id}")).StatusCode);
        Assert.False(await IsSignedIn(browser));
    }

    [Fact]
    public async Task A_new_role_and_a_new_password_end_sessions()
    {
        await using var server = await TestServer.Start(_clock);
        using var first = await server.Browser("max");
        await server.Administrator.PatchAsJsonAsync("/api/v1/people/max", new PersonChange(Role: "maintainer"));
        Assert.False(await IsSignedIn(first));

        using var second = await server.Browser("max");
        var change = new PasswordChange(null, "a long enough phrase");
        Assert.Equal(204, (int)(await server.Member.PutAsJsonAsync("/api/v1/password", change)).StatusCode);
        Assert.False(await IsSignedIn(second));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Origin", "https://evil.example")]
    public async Task A_form_from_another_site_is_refused(string header, string value)
    {
        await using var server = await TestServer.Start(_clock);
        using var browser = await server.Browser("ada");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out");
        request.Headers.Add(header, value);
        using var answer = await browser.SendAsync(request);
        Assert.Equal("access.cross-site", (await answer.Content.ReadFromJsonAsync<Problem>())!.Code);
        Assert.True(await IsSignedIn(browser));
    }

    private static async Task<bool> IsSignedIn(HttpClient browser)
    {
        using var answer = await browser.GetAsync("/");
        return (int)answer.StatusCode == 200;
    }
}
