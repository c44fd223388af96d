using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Cli;

/// <summary>What a person does at a shell: sign in, bind, make an image and a rule, look, be refused.</summary>
public sealed class CommandLineTests : IAsyncLifetime
{
    private const string Password = "correct-horse-battery";
    private readonly TempDir _home = new();
    private TestServer _server = null!;
    private PlainGitHost _host = null!;
    private CommandLine _cli = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.Start(options: plain =>
            plain with
            {
                RegistryListen = $"127.0.0.1:{FreePort.Next()}",
            }
        );
        _host = await PlainGitHost.Start(_home["repositories"]);
        await _host.AddUser("bot", Password).AddRepository("shop");
        await _host.Repositories.Commit("shop", new Dictionary<string, string> { ["Dockerfile"] = "FROM scratch" });
        _cli = new CommandLine(_home);
        var token = _server.Administrator.DefaultRequestHeaders.Authorization!.Parameter!;
        var signedIn = await _cli.RunWith(token, "login", _server.Url.ToString(), "--with-token");
        Assert.Equal((0, true), (signedIn.Code, signedIn.Words.Contains("as ada (administrator)")));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _server.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public async Task From_nothing_to_an_image_with_a_rule()
    {
        await BindShop();

        var refs = await _cli.Run("connection", "refs", "acme-git", "--repository", "shop.git", "--json");
        var image = await _cli.Run("image", "add", "acme/shop", "--connection", "acme-git", "--repository", "shop.git");
        var rule = await _cli.Run("rule", "add", "acme/shop", "--branch", "main", "-t", "main-{sha8}", "--json");
        var users = await _cli.Run("connection", "users", "acme-git", "--json");
        var gone = await _cli.Run("connection", "delete", "acme-git", "--yes");

        Assert.Equal("main", refs.Json.GetProperty("defaultBranch").GetString());
        Assert.True(image.Code == 0, image.Words);
        Assert.Equal("main", rule.Json.GetProperty("rule").GetProperty("pattern").GetString());
        Assert.Equal("acme/shop", users.Json[0].GetProperty("name").GetString());
        Assert.Equal(6, gone.Code);
        Assert.Contains("acme/shop", gone.Words);
    }

    [Fact]
    public async Task A_secret_is_read_from_standard_input_and_shown_nowhere()
    {
        var bound = await BindShop();
        var shown = await _cli.Run("connection", "show", "acme-git", "--json");
        var credentials = await _cli.Run("credential", "list");

        foreach (var said in new[] { bound, shown, credentials })
            Assert.DoesNotContain(Password, said.Output + said.Words);
        Assert.Equal("trusted", shown.Json.GetProperty("verdict").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Refusals_have_the_words_of_the_api_and_an_exit_code()
    {
        var missing = await _cli.Run("image", "show", "no/where");
        var pattern = await _cli.Run("rule", "add", "no/where", "--branch", "main", "-t", "x");
        var misnamed = await _cli.Run("image", "show", "nowhere");
        var usage = await _cli.Run("image", "shwo");

        Assert.Equal([5, 5, 1, 2], [missing.Code, pattern.Code, misnamed.Code, usage.Code]);
        Assert.Contains("✗", missing.Words);
        Assert.Contains("Write it as namespace/name.", misnamed.Words);
        Assert.Empty(missing.Output);
    }

    [Fact]
    public async Task Nothing_is_deleted_without_a_yes()
    {
        Assert.Equal(0, (await _cli.Run("namespace", "add", "empty")).Code);

        var refused = await _cli.Run("namespace", "delete", "empty");
        var listed = await _cli.Run("namespace", "list");
        var deleted = await _cli.Run("namespace", "delete", "empty", "--yes");

        Assert.Equal([8, 0], [refused.Code, deleted.Code]);
        Assert.Contains("empty", listed.Output);
    }

    [Fact]
    public async Task A_token_of_a_smaller_scope_may_do_less()
    {
        var made = await _cli.Run("token", "create", "--name", "reader", "--scope", "api:read");
        var reader = new CommandLine(new TempDir());
        await reader.RunWith(made.Output, "login", _server.Url.ToString(), "--with-token");

        var listed = await reader.Run("image", "list");
        var refused = await reader.Run("namespace", "add", "mine");

        Assert.Equal([0, 4], [listed.Code, refused.Code]);
        Assert.Contains("api:write", refused.Words);
    }

    private async Task<Said> BindShop()
    {
        await _cli.Run("reach", "add", "127.0.0.1", "127.0.0.0/8", "--plain-http");
        var bound = await _cli.RunWith(
            Password + "\n",
            [
                "connection",
                "add",
                "git-server",
                "--name",
                "Acme Git",
                "--id",
                "acme-git",
                .. Settings,
                "--secret",
                "password",
            ]
        );
        Assert.True(bound.Code == 0, bound.Words);
        return bound;
    }

    private IEnumerable<string> Settings =>
        new[] { $"url={_host.Url}", "layout=many", "probe=shop.git", "auth=password", "username=bot" }.SelectMany(
            setting => new[] { "--set", setting }
        );
}
