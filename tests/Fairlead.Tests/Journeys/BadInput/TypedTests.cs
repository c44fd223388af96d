using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Connections;
using Fairlead.Contracts.Images;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.BadInput;

/// <summary>What people type into forms meets the same sentence and remedy in API, command line and console.</summary>
public sealed class TypedTests : IAsyncLifetime
{
    private const string RulePage = "/images/demo/app/rules/new";
    private const string GitPage = "/connections/new?kind=git-server";
    private TestServer _server = null!;
    private Faces _faces = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.Start(adjust: QuietServer.NoDispatcher);
        await BuildWorld.Make(_server);
        _faces = await Faces.Of(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _faces.Dispose();
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
        var problem = await _faces.Refused("images/demo/app/rules", rule);
        Assert.Equal((code, field), (problem.Code, problem.Field));
        await _faces.FailsInCli(problem.Title, problem.Remedy, regex ? [.. line, "--regex"] : line);
        (string, string)[] typed =
        [
            ("type", "branch"),
            ("pattern", pattern),
            ("versions", version),
            ("directory", directory),
            ("dockerfile", "Dockerfile"),
            ("timeLimitMinutes", "60"),
        ];
        await _faces.RefusedOnPage(problem, RulePage, "rule", regex ? [.. typed, ("isRegex", "true")] : typed);
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
        var problem = await _faces.Refused("connections", input);
        Assert.Equal(("git.url-credentials", "url"), (problem.Code, problem.Field));
        string[] line =
        [
            "connection",
            "add",
            "git-server",
            "--name",
            "Bad",
            "--set",
            $"url={Url}",
            "--set",
            "auth=none",
        ];
        await _faces.FailsInCli(problem.Title, problem.Remedy, line);
        await _faces.RefusedOnPage(problem, GitPage, "connection", ("name", "Bad"), ("f.url", Url), ("f.auth", "none"));
    }
}
