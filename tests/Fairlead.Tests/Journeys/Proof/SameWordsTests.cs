using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Fairlead.Contracts;
using Fairlead.Contracts.Access;
using Fairlead.Contracts.Connections;
using Fairlead.Contracts.Images;
using Fairlead.Server.Access;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Proof;

/// <summary>The same bad input meets the same sentence and remedy in API, command line and console.</summary>
public sealed partial class SameWordsTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private const string RulePage = "/images/demo/app/rules/new";
    private const string GitPage = "/connections/new?kind=git-server";
    private TestServer _server = null!;
    private FormBrowser _browser = null!;
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.Start(adjust: QuietServer.NoDispatcher);
        await BuildWorld.Make(_server);
        var eve = new NewPerson("eve", nameof(Role.Administrator).ToLowerInvariant(), Password: Password);
        (await _server.Administrator.PostAsJsonAsync("/api/v1/people", eve)).EnsureSuccessStatusCode();
        _token = _server.Administrator.DefaultRequestHeaders.Authorization!.Parameter!;
        _browser = new FormBrowser(_server.Url);
        await _browser.Send("/sign-in", "sign-in", ("name", "eve"), ("password", Password));
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("(?=main).*", true, "latest", "/", "rule.pattern-not-supported", "pattern")]
    [InlineData("--upload-pack=x", false, "latest", "/", "rule.ref-name", "pattern")]
    [InlineData("main", false, "my version", "/", "rule.version-characters", "versions[0]")]
    [InlineData("main", false, "latest", "/../etc", "rule.path-outside", "directory")]
    public async Task A_rule(string pattern, bool regex, string version, string directory, string code, string field)
    {
        var rule = new RuleInput
        {
            Pattern = pattern,
            IsRegex = regex,
            Versions = [version],
            Directory = directory,
        };
        string[] line = ["rule", "add", "demo/app", $"--branch={pattern}", "-t", version, "--directory", directory];
        var problem = await Api("/api/v1/images/demo/app/rules", rule);
        Assert.Equal((code, field), (problem.Code, problem.Field));
        await SameInCli(problem, regex ? [.. line, "--regex"] : line);
        (string, string)[] typed =
        [
            ("type", "branch"),
            ("pattern", pattern),
            ("versions", version),
            ("directory", directory),
            ("dockerfile", "Dockerfile"),
            ("timeLimitMinutes", "60"),
        ];
        await SameOnPage(problem, RulePage, "rule", regex ? [.. typed, ("isRegex", "true")] : typed);
        Assert.Empty((await _server.Member.GetFromJsonAsync<Page<RuleInfo>>("/api/v1/images/demo/app/rules"))!.Items);
    }

    [Fact]
    public async Task An_address_with_a_password_in_it()
    {
        const string Url = "https://ada:hunter2hunter2@git.example.com/app.git";
        var input = new NewConnection("Bad", "git-server")
        {
            Settings = new Dictionary<string, string> { ["url"] = Url, ["auth"] = "none" },
        };
        var problem = await Api("/api/v1/connections", input);
        Assert.Equal(("git.url-credentials", "url"), (problem.Code, problem.Field));
        await SameInCli(
            problem,
            ["connection", "add", "git-server", "--name", "Bad", "--set", $"url={Url}", "--set", "auth=none"]
        );
        await SameOnPage(problem, GitPage, "connection", ("name", "Bad"), ("f.url", Url), ("f.auth", "none"));
    }

    private async Task<Problem> Api(string path, object body)
    {
        using var answer = await _server.Administrator.PostAsJsonAsync(path, body);
        Assert.Equal(422, (int)answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<Problem>())!;
    }

    private async Task SameInCli(Problem problem, string[] line)
    {
        var (code, words) = await Cli(line);
        Assert.NotEqual(0, code);
        Assert.Contains($"✗ {problem.Title}", words);
        Assert.Contains(problem.Remedy!, words);
    }

    private async Task SameOnPage(Problem problem, string page, string form, params (string, string)[] typed)
    {
        var words = await _browser.Send(page, form, typed);
        Assert.Contains($"<b>{problem.Title}</b> {problem.Remedy}", words);
    }

    /// <summary>The real program; its lines are joined again where the terminal's width broke them.</summary>
    private async Task<(int Code, string Words)> Cli(string[] line)
    {
        var start = new ProcessStartInfo(BuiltPrograms.Cli, line)
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["FAIRLEAD_URL"] = _server.Options.BaseUrl, ["FAIRLEAD_TOKEN"] = _token },
        };
        using var cli = Process.Start(start)!;
        cli.StandardInput.Close();
        var words = await cli.StandardError.ReadToEndAsync();
        await cli.WaitForExitAsync();
        return (cli.ExitCode, Blanks().Replace(words, " "));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
