using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Access;
using Fairlead.Server.Access;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Access;

public sealed class PeopleTests
{
    [Fact]
    public async Task Someone_new_comes_in_by_a_link_that_works_once()
    {
        await using var server = await TestServer.Start();
        var answer = await server.Administrator.PostAsJsonAsync("/api/v1/people", new NewPerson("eve", "member"));
        var made = await answer.Content.ReadFromJsonAsync<PersonMade>();
        Assert.False(made!.Person.HasPassword);
        Assert.StartsWith($"{server.Options.BaseUrl}/link/", made.Link);
        var page = await server.Anonymous.GetStringAsync(new Uri(made.Link!).PathAndQuery);
        Assert.Contains("eve", page);
        // Looking does not use it up: mail scanners and previews look.
        Assert.Contains("eve", await server.Anonymous.GetStringAsync(new Uri(made.Link!).PathAndQuery));
    }

    [Fact]
    public async Task The_last_administrator_stays_one()
    {
        await using var server = await TestServer.Start();
        foreach (var change in (PersonChange[])[new(Role: "member"), new(Disabled: true)])
        {
            var answer = await server.Administrator.PatchAsJsonAsync("/api/v1/people/ada", change);
            Assert.Equal("person.last-administrator", (await answer.Content.ReadFromJsonAsync<Problem>())!.Code);
        }
        await server.Administrator.PatchAsJsonAsync("/api/v1/people/max", new PersonChange(Role: "administrator"));
        var allowed = await server.Administrator.PatchAsJsonAsync(
            "/api/v1/people/ada",
            new PersonChange(Role: "member")
        );
        Assert.Equal(200, (int)allowed.StatusCode);
    }

    [Fact]
    public async Task People_are_found_and_paged_on_the_server()
    {
        await using var server = await TestServer.Start();
        for (var i = 0; i < 7; i++)
            await server.AddPerson($"dev-{i}", Role.Member);
        var page = await server.Member.GetFromJsonAsync<Page<Person>>("/api/v1/people?q=DEV&page=2&size=3");
        Assert.Equal((7, 2, 3), (page!.Total, page.Number, page.Size));
        Assert.Equal(["dev-3", "dev-4", "dev-5"], page.Items.Select(person => person.Name));
    }

    [Fact]
    public async Task Groups_have_members_and_unknown_names_are_told()
    {
        await using var server = await TestServer.Start();
        await server.Administrator.PostAsJsonAsync("/api/v1/groups", new NewGroup("web"));
        var again = await server.Administrator.PostAsJsonAsync("/api/v1/groups", new NewGroup("web"));
        Assert.Equal("group.name-taken", (await again.Content.ReadFromJsonAsync<Problem>())!.Code);
        await server.Administrator.PutAsync("/api/v1/groups/web/members/max", null);
        await server.Administrator.PutAsync("/api/v1/groups/web/members/max", null);
        var nobody = await server.Administrator.PutAsync("/api/v1/groups/web/members/nobody", null);
        Assert.Equal("person.unknown", (await nobody.Content.ReadFromJsonAsync<Problem>())!.Code);

        var groups = await server.Member.GetFromJsonAsync<Page<Group>>("/api/v1/groups");
        Assert.Equal(["max"], Assert.Single(groups!.Items).Members);
        Assert.Equal(["web"], (await server.Member.GetFromJsonAsync<WhoAmI>("/api/v1/whoami"))!.Groups);
        Assert.Equal(204, (int)(await server.Administrator.DeleteAsync("/api/v1/groups/web")).StatusCode);
        Assert.Empty((await server.Member.GetFromJsonAsync<WhoAmI>("/api/v1/whoami"))!.Groups);
    }

    [Fact]
    public async Task A_token_makes_no_wider_token()
    {
        await using var server = await TestServer.Start();
        using var narrow = await server.AddPerson("bot", Role.Administrator, [Scopes.Read, Scopes.Write]);
        var wider = await narrow.PostAsJsonAsync("/api/v1/tokens", new NewToken("more", [Scopes.Admin]));
        Assert.Equal("token.scope-wider", (await wider.Content.ReadFromJsonAsync<Problem>())!.Code);

        var answer = await narrow.PostAsJsonAsync("/api/v1/tokens", new NewToken("read", [Scopes.Read], 7));
        var made = (await answer.Content.ReadFromJsonAsync<TokenMade>())!;
        using var reader = server.Client(made.Secret);
        Assert.Equal([Scopes.Read], (await reader.GetFromJsonAsync<WhoAmI>("/api/v1/whoami"))!.Scopes);
        Assert.Equal(404, (int)(await server.Member.DeleteAsync($"/api/v1/tokens/{made.Token.Id}")).StatusCode);
        Assert.Equal(204, (int)(await narrow.DeleteAsync($"/api/v1/tokens/{made.Token.Id}")).StatusCode);
        Assert.Equal(401, (int)(await reader.GetAsync("/api/v1/whoami")).StatusCode);
    }
}
