using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Access;
using Fairlead.Server.Access;
using Fairlead.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Access;

public sealed class SetUpTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task The_first_link_makes_the_first_administrator_once()
    {
        await using var server = await TestServer.Start(people: false);
        var link = await Link(server);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => SetUp(server, link, $"ada-{i}")));
        var winner = Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        Assert.All(
            answers.Where(answer => answer != winner),
            answer => Assert.True((int)answer.StatusCode is 409 or 410)
        );

        var signedIn = (await winner.Content.ReadFromJsonAsync<SignedIn>())!;
        server.Anonymous.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signedIn.Token);
        var me = await server.Anonymous.GetFromJsonAsync<WhoAmI>("/api/v1/whoami");
        Assert.Equal("administrator", me!.Role);
        Assert.Null(await server.Services.GetRequiredService<FirstStart>().Link(default));
    }

    [Fact]
    public async Task A_new_start_withdraws_the_older_link()
    {
        await using var server = await TestServer.Start(people: false);
        var old = await Link(server);
        await Link(server);
        Assert.Equal(HttpStatusCode.Gone, (await SetUp(server, old, "ada")).StatusCode);
    }

    [Fact]
    public async Task The_link_melts_after_a_day()
    {
        var clock = new ManualClock();
        await using var server = await TestServer.Start(clock, people: false);
        var link = await Link(server);
        clock.Advance(OneTimeLinks.ForSetUp);
        Assert.Equal(HttpStatusCode.Gone, (await SetUp(server, link, "ada")).StatusCode);
    }

    [Fact]
    public async Task All_mistakes_of_the_form_are_told_at_once()
    {
        await using var server = await TestServer.Start(people: false);
        var answer = await SetUp(server, await Link(server), "Ada Lovelace", "short");
        var problem = await answer.Content.ReadFromJsonAsync<Problem>();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(["name", "password"], problem!.Parts!.Select(part => part.Field));
    }

    private static async Task<string> Link(TestServer server) =>
        (await server.Services.GetRequiredService<FirstStart>().Link(default))!.Split('/')[^1];

    private static Task<HttpResponseMessage> SetUp(
        TestServer server,
        string link,
        string name,
        string password = Password
    ) => server.Anonymous.PostAsJsonAsync("/api/v1/setup", new SetUpRequest(link, name, password));
}
