using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Fairlead.Emulators.Registry;

namespace Fairlead.Tests.Contract.Emulators;

public sealed class RegistryHostTests
{
    private static readonly HttpClient Client = new();

    [Fact]
    public async Task It_asks_for_a_login()
    {
        await using var registry = await RegistryHost.Start(RegistryOptions.Basic("ada", "right"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get(registry.Url, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get(registry.Url, "ada:wrong"));
        Assert.Equal(HttpStatusCode.OK, await Get(registry.Url, "ada:right"));
    }

    [Fact]
    public async Task The_proxy_refuses_pushes_and_nothing_else()
    {
        await using var registry = await RegistryHost.Start(RegistryOptions.Open);
        await using var proxy = await RegistryProxy.Start(registry.Url);
        Assert.Equal(HttpStatusCode.OK, await Get(proxy.Url, null));
        Assert.Equal(HttpStatusCode.Accepted, await StartUpload(proxy));
        proxy.RefusePush = 403;
        Assert.Equal(HttpStatusCode.Forbidden, await StartUpload(proxy));
        Assert.Equal(HttpStatusCode.OK, await Get(proxy.Url, null));
        proxy.HostileRealm = new Uri("http://127.0.0.1:1/token");
        Assert.Equal(HttpStatusCode.Unauthorized, await Get(proxy.Url, null));
    }

    private static async Task<HttpStatusCode> StartUpload(RegistryProxy proxy)
    {
        using var answer = await Client.PostAsync(new Uri(proxy.Url, "v2/a/b/blobs/uploads/"), null);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> Get(Uri url, string? login)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, "v2/"));
        if (login is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes(login))
            );
        using var answer = await Client.SendAsync(request);
        return answer.StatusCode;
    }
}
