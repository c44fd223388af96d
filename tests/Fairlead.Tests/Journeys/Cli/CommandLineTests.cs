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
        Assert.Equal("acme/shop", users.Json.GetProperty("items")[0].GetProperty("name").GetString());
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
    public async Task Doctor_says_what_is_wrong_for_people_and_for_programs()
    {
        var well = await _cli.Run("doctor", "--json");
        var away = await _cli.Run("doctor", "--json", "--server", $"http://127.0.0.1:{FreePort.Next()}");
        var words = await _cli.Run("doctor", "--server", $"http://127.0.0.1:{FreePort.Next()}");

        Assert.Equal((0, 3), (well.Code, well.Json.GetArrayLength()));
        Assert.Equal((1, 1), (away.Code, away.Json.GetArrayLength()));
        Assert.Equal("client.unreachable", away.Json[0].GetProperty("problem").GetProperty("code").GetString());
        Assert.Contains("No Fairlead server answers", words.Words);
    }

    [Fact]
    public async Task Completion_knows_commands_options_and_values()
    {
        Assert.Equal("build\n", (await _cli.Run("complete", "fairlead bu")).Output);
        Assert.Contains("rebuild\n", (await _cli.Run("complete", "fairlead build ")).Output);
        Assert.Equal("--repository\n", (await _cli.Run("complete", "fairlead connection refs x --rep")).Output);
        Assert.Equal("trusted\n", (await _cli.Run("complete", "fairlead connection list --verdict t")).Output);
        foreach (var shell in (string[])["bash", "zsh", "fish"])
            Assert.Contains("fairlead complete", (await _cli.Run("completion", shell)).Output);
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

    [Fact]
    public async Task Lists_turn_pages_and_filter_on_the_server()
    {
        var first = await _cli.Run("user", "list", "--size", "2", "--json");
        var second = await _cli.Run("user", "list", "--size", "2", "--page", "2", "--json");
        var found = await _cli.Run("user", "list", "--search", "MIA", "--json");
        var table = await _cli.Run("user", "list", "--size", "2", "--page", "2");

        Assert.Equal(["ada", "max"], Names(first));
        Assert.Equal(["mia"], Names(second));
        Assert.Equal(["mia"], Names(found));
        Assert.Contains("1 of 3, page 2", table.Words);
        Assert.DoesNotContain("max", table.Output);
    }

    [Fact]
    public async Task Every_list_works_as_a_table_and_as_json()
    {
        await BindShop();
        await _cli.Run("image", "add", "acme/shop", "--connection", "acme-git", "--repository", "shop.git");
        string[] lists =
        [
            "audit list",
            "build list",
            "connection list",
            "connection refs acme-git --repository shop.git",
            "connection users acme-git",
            "credential list",
            "event list",
            "event deliveries",
            "event sources",
            "group list",
            "image list",
            "image tags acme/shop",
            "namespace list",
            "reach list",
            "rule list acme/shop",
            "session list",
            "token list",
            "user list",
            "user sessions ada",
        ];
        var wrong = new List<string>();
        foreach (var list in lists)
        {
            var table = await _cli.Run([.. list.Split(' '), "--page", "1", "--size", "5", "--search", "a"]);
            var json = await _cli.Run([.. list.Split(' '), "--json"]);
            if ((table.Code, json.Code) != (0, 0))
                wrong.Add($"{list}: {table.Words} {json.Words}");
            else if (
                !(json.Json.TryGetProperty("refs", out var page) ? page : json.Json).TryGetProperty("total", out _)
            )
                wrong.Add($"{list}: {json.Output}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_credential_is_renamed_replaced_and_deleted()
    {
        await BindShop();
        var id = (await _cli.Run("credential", "list", "--json"))
            .Json.GetProperty("items")[0]
            .GetProperty("id")
            .GetString()!;

        var renamed = await _cli.Run("credential", "rename", id, "Deploy user", "--json");
        var refused = await _cli.RunWith("wrong\n", "credential", "replace", id, "--secret", "password");
        var replaced = await _cli.RunWith(
            Password + "\n",
            "credential",
            "replace",
            id,
            "--secret",
            "password",
            "--json"
        );
        var inUse = await _cli.Run("credential", "delete", id, "--yes");

        Assert.Equal("Deploy user", renamed.Json.GetProperty("name").GetString());
        Assert.Equal(1, refused.Code);
        Assert.Contains("Nothing was replaced.", refused.Words);
        Assert.True(replaced.Code == 0, replaced.Words);
        Assert.Equal(2, replaced.Json.GetProperty("version").GetInt32());
        Assert.Equal(6, inUse.Code);
        Assert.Equal(0, (await _cli.Run("credential", "delete", id, "--yes", "--force")).Code);
    }

    [Fact]
    public async Task A_rule_is_changed_and_only_where_said()
    {
        await BindShop();
        await _cli.Run("image", "add", "acme/shop", "--connection", "acme-git", "--repository", "shop.git");
        var added = await _cli.Run([
            "rule",
            "add",
            "acme/shop",
            "--branch",
            "main",
            "-t",
            "{sha8}",
            "--build-arg",
            "A=1",
            "--json",
        ]);
        var number = added.Json.GetProperty("id").GetInt64().ToString();

        var changed = await _cli.Run("rule", "set", "acme/shop", number, "--tag", "v.*", "--regex", "--json");
        var rule = changed.Json.GetProperty("rule");

        Assert.Equal(("tag", "v.*"), (rule.GetProperty("type").GetString(), rule.GetProperty("pattern").GetString()));
        Assert.Equal("{sha8}", rule.GetProperty("versions")[0].GetString());
        Assert.Equal("1", rule.GetProperty("arguments").GetProperty("A").GetString());
    }

    [Fact]
    public async Task An_administrator_ends_a_persons_sessions()
    {
        using var browser = await _server.Browser("max");
        var before = await _cli.Run("user", "sessions", "max", "--json");
        var ended = await _cli.Run("user", "sign-out", "max", "--yes");

        Assert.Equal(1, before.Json.GetProperty("total").GetInt32());
        Assert.True(ended.Code == 0, ended.Words);
        Assert.NotEqual(200, (int)(await browser.GetAsync("/")).StatusCode);
    }

    private static IEnumerable<string?> Names(Said said) =>
        said.Json.GetProperty("items").EnumerateArray().Select(person => person.GetProperty("name").GetString());

    [Fact]
    public async Task Branches_of_a_plain_git_server_are_made_compared_merged_and_deleted()
    {
        await BindShop();
        string[] Branch(string verb, params string[] words) =>
            ["branch", verb, "acme-git", .. words, "--repository", "shop.git", "--json"];
        var first = (await _cli.Run(Branch("create", "topic", "main"))).Json.GetProperty("commit").GetString()!;
        var files = new Dictionary<string, string> { ["Dockerfile"] = "FROM scratch", ["b"] = "1" };
        var topic = await _host.Repositories.Commit("shop", files, "topic");

        var compared = await _cli.Run("branch", "compare", "acme-git", "topic", "--repository", "shop.git");
        Assert.Equal(["1", "0", "yes"], Values(compared.Output, "ahead", "behind", "merges"));
        Assert.Contains("added     b", compared.Output);
        var merged = await _cli.Run(Branch("merge", "topic", "main", "-m", "Topic"));
        Assert.Equal("pushed", merged.Json.GetProperty("how").GetString());
        var nothing = await _cli.Run("branch", "merge", "acme-git", "topic", "main", "--repository", "shop.git");
        Assert.Contains("There was nothing of topic to merge.", nothing.Output);
        var unconfirmed = await _cli.Run("branch", "delete", "acme-git", "topic", "--repository", "shop.git");
        var stale = await _cli.Run([.. Branch("delete", "topic", "--commit", first), "--yes"]);
        Assert.Equal((8, 6), (unconfirmed.Code, stale.Code));
        var gone = await _cli.Run([.. Branch("delete", "topic", "--commit", topic), "--yes"]);
        Assert.Equal(topic, gone.Json.GetProperty("commit").GetString());
        var listed = await _cli.Run("branch", "list", "acme-git", "--repository", "shop.git");
        var before = await _cli.Run("repo", "branches", "acme-git", "shop.git");
        Assert.Equal(before.Output, listed.Output);
        Assert.Contains(merged.Json.GetProperty("commit").GetString()!, listed.Output);

        _host.Permit("shop", new GitPermissions(["bot"], []));
        var refused = await _cli.Run("branch", "create", "acme-git", "again", "main", "--repository", "shop.git");
        Assert.Equal((1, true), (refused.Code, refused.Words.Contains("lets this credential read the repository")));
    }

    /// <summary>What stands behind these words at the beginning of lines.</summary>
    private static IEnumerable<string> Values(string output, params string[] names) =>
        names.Select(name => output.Split('\n').First(line => line.StartsWith(name))[name.Length..].Trim());

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
