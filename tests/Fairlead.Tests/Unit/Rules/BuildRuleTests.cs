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
