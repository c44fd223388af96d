using System.Net;
using System.Net.Http.Json;
using Fairlead.Contracts.Access;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Access;

public sealed class WhoAmITests
{
    [Fact]
    public async Task A_token_says_whom_it_speaks_for()
    {
        await using var server = await TestServer.Start();
        var me = await server.Maintainer.GetFromJsonAsync<WhoAmI>("/api/v1/whoami");
        Assert.Equal(("mia", "maintainer"), (me!.Name, me.Role));
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Anonymous.GetAsync("/api/v1/whoami")).StatusCode);
    }

    [Fact]
    public async Task A_cookie_is_no_key_to_the_api()
    {
        await using var server = await TestServer.Start();
        using var browser = await server.Browser("ada");
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/whoami")).StatusCode);
    }
}
