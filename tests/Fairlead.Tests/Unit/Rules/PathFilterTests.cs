using Fairlead.Core.Rules;
using Fairlead.Core.Sources;

namespace Fairlead.Tests.Unit.Rules;

/// <summary>Which changed files a rule's paths are about, and which patterns are refused.</summary>
public sealed class PathFilterTests
{
    [Theory]
    [InlineData("server", "server/main.go", true)]
    [InlineData("server", "server", true)]
    [InlineData("/server/", "server/a/b", true)]
    [InlineData("server/", "server", false)]
    [InlineData("server", "servers/main.go", false)]
    [InlineData("server", "docs/server/main.go", false)]
    [InlineData("server/*.go", "server/main.go", true)]
    [InlineData("server/*.go", "server/a/main.go", false)]
    [InlineData("server/**/*.go", "server/main.go", true)]
    [InlineData("server/**/*.go", "server/a/b/main.go", true)]
    [InlineData("**/*.md", "README.md", true)]
    [InlineData("**", "any/thing at all", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("a.c", "abc", false)]
    [InlineData("**/(x)", "b/(x)", true)]
    [InlineData("server", "server/new\nline", true)]
    public void One_pattern(string pattern, string path, bool matters) =>
        Assert.Equal(matters, Read(pattern).Matters(path));

    [Fact]
    public void The_last_pattern_that_matches_decides()
    {
        var filter = Read("server", "!server/docs", "server/docs/api.md");
        Assert.True(filter.Matters("server/a"));
        Assert.False(filter.Matters("server/docs/b"));
        Assert.True(filter.Matters("server/docs/api.md"));
        Assert.False(filter.Matters("other"));
    }

    [Fact]
    public void Only_leaving_out_leaves_everything_else()
    {
        var filter = Read("!docs", "!**/*.md");
        Assert.True(filter.Matters("server/a"));
        Assert.False(filter.Matters("docs/a"));
        Assert.False(filter.Matters("server/README.md"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("/")]
    [InlineData("!!a")]
    [InlineData("a\nb")]
    public void What_is_no_pattern_is_refused(string text)
    {
        var failure = PathFilter.Read(["ok", text], "paths").Failure!;
        Assert.Equal(("rule.path-pattern", "paths[1]"), (failure.Code, failure.Field));
    }

    [Fact]
    public void A_rule_for_tags_has_no_paths()
    {
        var form = new RuleForm
        {
            RefKind = RefKind.Tag,
            Pattern = "v1",
            Versions = ["{tag}"],
            Paths = ["server"],
        };
        var failure = BuildRule.Read(form).Failure!;
        Assert.Equal(("rule.paths-of-tag", "paths"), (failure.Code, failure.Field));
        Assert.True(BuildRule.Read(form with { Paths = [] }).Ok);
    }

    [Theory]
    [InlineData("Mend a typo\n\n[skip build]", true)]
    [InlineData("[Build Skip] docs", true)]
    [InlineData("[skip ci] docs", false)]
    [InlineData("skip build", false)]
    public void A_mark_in_the_message(string message, bool skips) => Assert.Equal(skips, SkipMark.IsIn(message));

    private static PathFilter Read(params string[] patterns) => PathFilter.Read(patterns, "paths").Value;
}
