using System.Net.Http.Json;
using Fairlead.Contracts.Connections;
using Fairlead.Tests.Contract.CodeHosts;

namespace Fairlead.Tests.Support;

/// <summary>The server's API as somebody calls it who expects to succeed.</summary>
/// <param name="client">Asked for each call: a server that was started again has others.</param>
internal sealed class JsonApi(Func<HttpClient> client)
{
    public async Task<T> Get<T>(string path) => (await client().GetFromJsonAsync<T>($"/api/v1/{path}"))!;

    public Task<T> Post<T>(string path, object body) => Send<T>(HttpMethod.Post, path, body);

    public Task<T> Patch<T>(string path, object body) => Send<T>(HttpMethod.Patch, path, body);

    /// <summary>Binds a host's stage, by the credential that may do everything.</summary>
    public Task<ConnectionView> Connect(string id, HostStage stage) =>
        Post<ConnectionView>(
            "connections",
            new NewConnection(id, stage.Provider.Kind)
            {
                Id = id,
                Scope = "public",
                Settings = stage.Target.Settings,
                Secrets = stage.Target.Secrets.ToDictionary(one => one.Key, one => one.Value.Reveal()),
            }
        );

    private async Task<T> Send<T>(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}") { Content = JsonContent.Create(body) };
        using var answer = await client().SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<T>())!;
    }
}
