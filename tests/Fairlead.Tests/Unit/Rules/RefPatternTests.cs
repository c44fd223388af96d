using System.Diagnostics;
using Fairlead.Core.Rules;

namespace Fairlead.Tests.Unit.Rules;

public sealed class RefPatternTests
{
    [Theory]
    [InlineData("main", "main", true)]
    [InlineData("main", "Main", false)]
    [InlineData("main", "main2", false)]
    public void An_exact_name_is_only_itself(string pattern, string name, bool matches) =>
        Assert.Equal(matches, RefPattern.Exact(pattern, "pattern").Value.Match(name) is not null);

    [Theory]
    [InlineData("main|release", "main", true)]
    [InlineData("main|release", "release-2", false)]
    [InlineData("main|release", "xmain", false)]
    [InlineData("^main$", "main", true)]
    [InlineData("main", "main\n", false)]
    [InlineData("v[0-9]+", "v12", true)]
    [InlineData("v[0-9]+", "v1.2", false)]
    [InlineData("(?i)MAIN", "main", true)]
    public void A_pattern_has_to_match_the_whole_name(string pattern, string name, bool matches) =>
        Assert.Equal(matches, RefPattern.Regex(pattern, "pattern").Value.Match(name) is not null);

    [Fact]
    public void Named_groups_come_out()
    {
        var pattern = RefPattern.Regex("release-(?<imageTag>[0-9.]+)", "pattern").Value;
        Assert.Equal(["imageTag"], pattern.Groups);
        Assert.Equal("1.2", pattern.Match("release-1.2")!["imageTag"]);
    }

    [Theory]
    [InlineData("(?=x)x", "lookahead")]
    [InlineData("(?!x).*", "lookahead")]
    [InlineData("(?<=x)y", "lookbehind")]
    [InlineData("(?<!x)y", "lookbehind")]
    [InlineData(@"(a)\1", "backreference")]
    [InlineData(@"(?<q>a)\k<q>", "backreference")]
    [InlineData("(?>a+)b", "atomic group")]
    [InlineData("(?(a)b|c)", "condition")]
    public void What_could_backtrack_is_refused_in_words(string pattern, string word)
    {
        var failure = RefPattern.Regex(pattern, "rules[0].pattern").Failure!;
        Assert.Equal("rule.pattern-not-supported", failure.Code);
        Assert.Equal("rules[0].pattern", failure.Field);
        Assert.Contains(word, failure.Sentence);
        Assert.NotNull(failure.Remedy);
    }

    [Theory]
    [InlineData("(", "rule.pattern-broken")]
    [InlineData("a)|(?:b", "rule.pattern-broken")]
    [InlineData(@"a\", "rule.pattern-broken")]
    [InlineData("[z-a]", "rule.pattern-broken")]
    [InlineData("(?x)a#", null)]
    [InlineData("", "rule.pattern-empty")]
    [InlineData("(a{1,1000}){1,1000}", "rule.pattern-too-large")]
    [InlineData("(?<branch>.*)", "rule.group-taken")]
    public void No_text_slips_out_of_the_anchors(string pattern, string? code)
    {
        var outcome = RefPattern.Regex(pattern, "pattern");
        if (code is null)
            Assert.Null(outcome.Ok ? outcome.Value.Match("ab") : null);
        else
            Assert.Equal(code, outcome.Failure!.Code);
    }

    [Fact]
    public void Long_patterns_are_refused() =>
        Assert.Equal("rule.pattern-too-long", RefPattern.Regex(new string('a', 513), "pattern").Failure!.Code);

    [Theory]
    [InlineData("--upload-pack=x", "begins with a dash")]
    [InlineData("feature/-x", "cannot be the name")]
    [InlineData("a..b", "cannot be the name")]
    [InlineData("a b", "cannot be the name")]
    [InlineData("refs@{1}", "cannot be the name")]
    public void A_name_that_a_program_could_misread_is_refused(string name, string words)
    {
        var failure = RefPattern.Exact(name, "pattern").Failure!;
        Assert.Equal(("rule.ref-name", "pattern"), (failure.Code, failure.Field));
        Assert.Contains(words, failure.Sentence);
    }

    /// <summary>Patterns that stall backtracking engines for seconds or for ever.</summary>
    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("(a|aa)+")]
    [InlineData("(a|a?)+")]
    [InlineData("([a-zA-Z]+)*")]
    [InlineData("(.*a){12}")]
    [InlineData(@"(\w*)*x")]
    [InlineData("((a+)*)*b")]
    [InlineData("(x+x+)+y")]
    public void No_pattern_stalls(string pattern)
    {
        var compiled = RefPattern.Regex(pattern, "pattern").Value;
        var name = new string('a', 254) + "!";
        compiled.Match(name);
        var watch = Stopwatch.StartNew();
        compiled.Match(name);
        Assert.True(watch.ElapsedMilliseconds < 150, $"{watch.ElapsedMilliseconds} ms");
    }
}
