using Fairlead.Core.Rules;
using Fairlead.Core.Sources;
using FsCheck;
using FsCheck.Fluent;

namespace Fairlead.Tests.Unit.Rules;

public sealed class VersionTemplateTests
{
    private const string Sha = "0123456789abcdef0123456789abcdef01234567";

    [Theory]
    [InlineData("{branch}", "main", "main")]
    [InlineData("{branch}", "feature/x+y", "feature-x-y")]
    [InlineData("{branch}-{sha8}", "main", "main-01234567")]
    [InlineData("{sha}", "main", Sha)]
    [InlineData("{date}-{n}", "main", "20260115-7")]
    [InlineData("latest", "main", "latest")]
    [InlineData("v${imageTag}", "main", "v1.2")]
    [InlineData("v{imageTag}", "main", "v1.2")]
    public void Placeholders_become_what_was_pushed(string template, string branch, string version) =>
        Assert.Equal(version, Parse(template).Value.Expand(Values(GitRef.Branch(branch)!)).Value);

    [Theory]
    [InlineData("my version", "rule.version-characters", "a space")]
    [InlineData("{branch} ", "rule.version-characters", "a space")]
    [InlineData("a:b", "rule.version-characters", "characters")]
    [InlineData(".x", "rule.version-characters", "characters")]
    [InlineData("-x", "rule.version-characters", "characters")]
    [InlineData("", "rule.version-empty", "empty")]
    [InlineData("{commit}", "rule.placeholder-unknown", "{commit}")]
    [InlineData("{tag}", "rule.placeholder-unknown", "{tag}")]
    [InlineData("{branch", "rule.version-brace", "brace")]
    [InlineData("branch}", "rule.version-brace", "brace")]
    public void A_template_that_gives_no_tag_is_refused_when_it_is_typed(string template, string code, string words)
    {
        var failure = Parse(template).Failure!;
        Assert.Equal((code, "versions[0]"), (failure.Code, failure.Field));
        Assert.Contains(words, failure.Sentence);
        Assert.NotNull(failure.Remedy);
    }

    [Fact]
    public void A_group_that_matched_nothing_is_told()
    {
        var values = Values(GitRef.Branch("main")!) with { Groups = new Dictionary<string, string>() };
        Assert.Equal("rule.version-empty", Parse("{imageTag}").Value.Expand(values).Failure!.Code);
    }

    [Fact]
    public void A_name_too_long_for_a_tag_is_told_not_cut()
    {
        var values = Values(GitRef.Branch(new string('a', 129))!);
        Assert.Equal("rule.version-too-long", Parse("{branch}").Value.Expand(values).Failure!.Code);
    }

    [Fact]
    public void Whatever_comes_out_is_a_tag() =>
        Prop.ForAll<NonNull<string>, NonNull<string>>(
                (template, branch) =>
                    GitRef.Branch(branch.Get) is not { } gitRef
                    || !Parse(template.Get).Try(out var parsed, out _)
                    || !parsed.Expand(Values(gitRef)).Try(out var version, out _)
                    || OciName.IsTag(version)
            )
            .QuickCheckThrowOnFailure();

    private static Core.Outcomes.Outcome<VersionTemplate> Parse(string template) =>
        VersionTemplate.Parse(template, RefKind.Branch, new HashSet<string> { "imageTag" }, "versions[0]");

    private static VersionValues Values(GitRef gitRef) =>
        new(
            gitRef,
            CommitSha.Parse(Sha),
            new Dictionary<string, string> { ["imageTag"] = "1.2" },
            7,
            new DateTimeOffset(2026, 1, 15, 23, 30, 0, TimeSpan.Zero)
        );
}
