using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Access;
using Fairlead.Server.Access;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Access;

public sealed class SignInTests
{
    private const string Password = "correct horse battery";
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Name_and_password_give_a_token_that_works_until_it_expires()
    {
        await using var server = await Start();
        var signedIn = await (await Try(server, "eve", Password)).Content.ReadFromJsonAsync<SignedIn>();
        using var eve = server.Client(signedIn!.Token);
        Assert.Equal("eve", (await eve.GetFromJsonAsync<WhoAmI>("/api/v1/whoami"))!.Name);
        _clock.Leap(TimeSpan.FromDays(30));
        Assert.Equal(401, (int)(await eve.GetAsync("/api/v1/whoami")).StatusCode);
    }

    [Fact]
    public async Task Known_and_unknown_names_are_refused_and_locked_out_in_the_same_words()
    {
        await using var server = await Start();
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal(await Words(server, "eve", "wrong"), await Words(server, "nobody", "wrong"));
            Assert.StartsWith("401 access.sign-in-refused", await Words(server, "max", Password));
            _clock.Advance(TimeSpan.FromSeconds(10));
        }
        Assert.StartsWith("429 access.too-many-tries", await Words(server, "eve", Password));
        Assert.Equal(await Words(server, "eve", Password), await Words(server, "nobody", Password));
    }

    [Fact]
    public async Task The_pause_doubles_with_every_failure_and_ends_with_a_success()
    {
        await using var server = await Start();
        for (var i = 0; i < 5; i++)
            await Try(server, "eve", "wrong");
        var pause = TimeSpan.FromMinutes(1);
        for (var i = 0; i < 3; i++, pause *= 2)
        {
            _clock.Advance(pause - TimeSpan.FromSeconds(1));
            var refused = await Try(server, "eve", Password);
            Assert.Equal((429, "1"), ((int)refused.StatusCode, refused.Headers.RetryAfter?.ToString()));
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(401, (int)(await Try(server, "eve", "wrong")).StatusCode);
        }
        _clock.Advance(pause);
        Assert.Equal(200, (int)(await Try(server, "eve", Password)).StatusCode);
        Assert.Equal(401, (int)(await Try(server, "eve", "wrong")).StatusCode);
        Assert.Equal(200, (int)(await Try(server, "eve", Password)).StatusCode);
    }

    [Fact]
    public async Task One_address_may_try_twenty_times_a_minute()
    {
        await using var server = await Start();
        for (var i = 0; i < 20; i++)
            Assert.Equal(401, (int)(await Try(server, $"nobody-{i}", "wrong")).StatusCode);
        var refused = await Try(server, "eve", Password);
        Assert.Equal((429, "60"), ((int)refused.StatusCode, refused.Headers.RetryAfter?.ToString()));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (int)(await Try(server, "eve", Password)).StatusCode);
    }

    [Fact]
    public async Task Someone_disabled_is_a_stranger_with_every_key_they_had()
    {
        await using var server = await Start();
        var signedIn = await (await Try(server, "eve", Password)).Content.ReadFromJsonAsync<SignedIn>();
        using var token = server.Client(signedIn!.Token);
        await server.Administrator.PatchAsJsonAsync("/api/v1/people/eve", new PersonChange(Disabled: true));
        Assert.Equal(401, (int)(await token.GetAsync("/api/v1/whoami")).StatusCode);
        Assert.Equal(401, (int)(await Try(server, "eve", Password)).StatusCode);
        Assert.Equal(0, await server.With(db => db.Set<SessionRow>().CountAsync()));
    }

    [Fact]
    public async Task No_password_is_ever_in_the_log_or_the_database()
    {
        await using var server = await Start();
        await Try(server, "eve", Password);
        await Try(server, "eve", "a wrong password");
        Assert.DoesNotContain(server.Log.Lines, line => line.Contains("password", StringComparison.OrdinalIgnoreCase));
        var hash = await server.With(db => db.Set<PersonRow>().Where(row => row.Name == "eve").SingleAsync());
        Assert.DoesNotContain(Password, hash.PasswordHash);
    }

    private async Task<TestServer> Start()
    {
        var server = await TestServer.Start(_clock);
        var made = await server.Administrator.PostAsJsonAsync(
            "/api/v1/people",
            new NewPerson("eve", "maintainer", Password: Password)
        );
        Assert.Equal(201, (int)made.StatusCode);
        return server;
    }

    private static Task<HttpResponseMessage> Try(TestServer server, string name, string password) =>
        server.Anonymous.PostAsJsonAsync("/api/v1/sign-in", new SignInRequest(name, password));

    private static async Task<string> Words(TestServer server, string name, string password)
    {
        var answer = await Try(server, name, password);
        var problem = await answer.Content.ReadFromJsonAsync<Problem>();
        return $"{(int)answer.StatusCode} {problem!.Code} {problem.Title} {problem.Remedy}";
    }
}
