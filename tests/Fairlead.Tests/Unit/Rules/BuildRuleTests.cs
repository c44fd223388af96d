using Fairlead.Core.Rules;
using Fairlead.Core.Sources;

namespace Fairlead.Tests.Unit.Rules;

public sealed class BuildRuleTests
{
    private static readonly CommitSha Commit = CommitSha.Parse(new string('a', 40));

    private static readonly RuleForm Good = new() { Pattern = "main", Versions = ["{branch}", "latest"] };

    [Fact]
    public void Everything_wrong_is_told_at_once_each_with_its_field()
    {
        var failure = BuildRule
            .Read(
                new RuleForm
                {
                    Pattern = "(?=x)",
                    IsRegex = true,
                    Directory = "/a/../..",
                    Dockerfile = "",
                    Versions = [],
                    Arguments = new Dictionary<string, string> { ["1X"] = "", ["OK"] = "a\nb" },
                    Platforms = ["linux/amd64", "windows/amd64"],
                    TimeLimitMinutes = 0,
                },
                "rules[2]."
            )
            .Failure!;
        Assert.Equal(
            [
                "rules[2].pattern",
                "rules[2].directory",
                "rules[2].dockerfile",
                "rules[2].versions",
                "rules[2].arguments",
                "rules[2].arguments.OK",
                "rules[2].platforms[1]",
                "rules[2].timeLimitMinutes",
            ],
            failure.Parts.Select(part => part.Field)
        );
        Assert.All(failure.Parts, part => Assert.EndsWith(".", part.Sentence));
    }

    [Theory]
    [InlineData("..", "rule.path-outside")]
    [InlineData("/a/../../etc", "rule.path-outside")]
    [InlineData("a/-x", "rule.path-characters")]
    [InlineData(@"a\..\b", "rule.path-characters")]
    [InlineData("/.git", "rule.path-characters")]
    [InlineData("a\nb", "rule.path-characters")]
    public void A_directory_stays_inside_the_repository(string directory, string code)
    {
        var failure = BuildRule.Read(Good with { Directory = directory }).Failure!;
        Assert.Equal((code, "directory"), (failure.Code, failure.Field));
    }

    [Theory]
    [InlineData("", "/")]
    [InlineData("./server/", "/server")]
    [InlineData("//a//b", "/a/b")]
    public void Directories_are_written_one_way(string typed, string stored) =>
        Assert.Equal(stored, BuildRule.Read(Good with { Directory = typed }).Value.Form.Directory);

    [Fact]
    public void A_match_is_a_plan_with_every_version_once()
    {
        var rule = BuildRule.Read(Good with { Versions = ["{branch}", "latest", "main"] }).Value;
        var plan = rule.Match(GitRef.Branch("main")!, Commit, 1, DateTimeOffset.UnixEpoch, noCache: true).Plan!;
        Assert.Equal(["main", "latest"], plan.Versions);
        Assert.True(plan.NoCache);
    }

    private static readonly RuleForm Requests = Good with
    {
        RefKind = RefKind.Request,
        Versions = ["pr-{request}-{sha8}"],
    };

    [Fact]
    public void A_request_is_matched_by_where_it_goes_and_builds_under_its_own_name()
    {
        var rule = BuildRule.Read(Requests).Value;
        RuleMatch Of(string target, bool fork) =>
            rule.Match(GitRef.Request(7)!, Commit, 1, DateTimeOffset.UnixEpoch, false, new RequestEnds(target, fork));
        Assert.Equal(["pr-7-aaaaaaaa"], Of("main", false).Plan!.Versions);
        Assert.Null(Of("other", false).Plan);
        Assert.Equal("rule.fork", Of("main", true).Failure!.Code);
        var open = BuildRule.Read(Requests with { Forks = true }).Value;
        var ends = new RequestEnds("main", true);
        Assert.NotNull(open.Match(GitRef.Request(7)!, Commit, 1, DateTimeOffset.UnixEpoch, false, ends).Plan);
    }

    [Theory]
    [InlineData("{request}")]
    [InlineData("latest")]
    [InlineData("pr-{sha8}")]
    [InlineData("pr-{request}{n}")]
    [InlineData("pr-{request}0")]
    [InlineData("x-pr-{request}")]
    public void A_request_writes_nothing_but_what_begins_with_its_number(string version) =>
        Assert.Equal("rule.version-of-request", BuildRule.Read(Requests with { Versions = [version] }).Failure!.Code);

    [Fact]
    public void Nothing_else_writes_what_is_a_requests()
    {
        Assert.Equal("rule.version-kept", BuildRule.Read(Good with { Versions = ["pr-7"] }).Failure!.Code);
        var rule = BuildRule.Read(Good with { Pattern = ".*", IsRegex = true, Versions = ["{branch}"] }).Value;
        RuleMatch Of(string branch) => rule.Match(GitRef.Branch(branch)!, Commit, 1, DateTimeOffset.UnixEpoch, false);
        Assert.Equal("rule.version-kept", Of("pr-7").Failure!.Code);
        Assert.Equal("rule.version-kept", Of("pr/7-x").Failure!.Code);
        Assert.NotNull(Of("pr-fixes").Plan);
        Assert.Equal("rule.paths-of-request", BuildRule.Read(Requests with { Paths = ["a"] }).Failure!.Code);
    }

    [Theory]
    [InlineData("refs/pull/7/head", true)]
    [InlineData("refs/pull/07/head", false)]
    [InlineData("refs/pull/0/head", false)]
    [InlineData("refs/pull/-7/head", false)]
    [InlineData("refs/pull/7/merge", false)]
    [InlineData("refs/pull/head", false)]
    [InlineData("refs/pull//head", false)]
    [InlineData("refs/pull/9999999999999999999/head", false)]
    public void A_request_has_one_name(string name, bool isOne) =>
        Assert.Equal(isOne, GitRef.TryParse(name, out var parsed) && parsed.Full == name);

    [Fact]
    public void A_rule_about_branches_leaves_tags_alone()
    {
        var match = BuildRule.Read(Good).Value.Match(GitRef.Tag("main")!, Commit, 1, DateTimeOffset.UnixEpoch, false);
        Assert.Null(match.Plan);
        Assert.Contains("branches", match.Reason);
    }

    [Fact]
    public void A_rule_whose_version_comes_out_unusable_says_so()
    {
        var rule = BuildRule.Read(Good with { IsRegex = true, Pattern = "r(?<v>.*)", Versions = ["{v}"] });
        var match = rule.Value.Match(GitRef.Branch("r/x")!, Commit, 1, DateTimeOffset.UnixEpoch, false);
        Assert.Equal("rule.version-characters", match.Failure!.Code);
    }

    [Theory]
    [InlineData("app", true)]
    [InlineData("my-app_2.x", true)]
    [InlineData("a", false)]
    [InlineData("My", false)]
    [InlineData("a..b", false)]
    [InlineData("-ab", false)]
    [InlineData("a/b", false)]
    public void Names_follow_the_grammar_of_registries(string name, bool valid) =>
        Assert.Equal(valid, OciName.IsComponent(name));
}
