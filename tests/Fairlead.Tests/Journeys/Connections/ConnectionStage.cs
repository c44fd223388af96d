using System.Net.Http.Json;
using System.Text.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Connections;
using Fairlead.Emulators.Git;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Connections;

/// <summary>A real server and a real Git host that it may reach, with one repository.</summary>
internal sealed class ConnectionStage : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly TempDir _dir;

    private ConnectionStage(TempDir dir) => _dir = dir;

    public required TestServer Server { get; init; }

    public required PlainGitHost Host { get; init; }

    public static async Task<ConnectionStage> Start(TimeProvider? clock = null)
    {
        var dir = new TempDir();
        var host = await PlainGitHost.Start(dir.Path);
        host.AddUser("ada", Password);
        await host.AddRepository("app");
        await host.Repositories.Commit("app", new Dictionary<string, string> { ["a"] = "b" });
        var server = await TestServer.Start(clock);
        var rule = new NewReachRule("127.0.0.1", "127.0.0.0/8") { PlainHttp = true, Note = "test" };
        (await server.Administrator.PostAsJsonAsync("/api/v1/reach-rules", rule)).EnsureSuccessStatusCode();
        return new ConnectionStage(dir) { Server = server, Host = host };
    }

    public NewConnection Git(string name = "Acme Git", string password = Password, string scope = "private") =>
        new(name, "git-server")
        {
            Settings = new Dictionary<string, string> { ["url"] = Host.UrlOf("app").ToString(), ["username"] = "ada" },
            Secrets = new Dictionary<string, string> { ["password"] = password },
            Scope = scope,
        };

    public static async Task<T> Read<T>(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        Assert.DoesNotContain(Password, text);
        return JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web)!;
    }

    public static async Task<Problem> Refused(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        return JsonSerializer.Deserialize<Problem>(text, JsonSerializerOptions.Web)!;
    }

    public static async Task<ConnectionView> Create(HttpClient client, NewConnection input) =>
        await Read<ConnectionView>(await client.PostAsJsonAsync("/api/v1/connections", input));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Host.DisposeAsync();
        _dir.Dispose();
    }
}
