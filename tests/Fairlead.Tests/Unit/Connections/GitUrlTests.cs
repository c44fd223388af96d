using Fairlead.Core.Sources;

namespace Fairlead.Tests.Unit.Connections;

/// <summary>What a person may type as a repository's address, and what git is then given.</summary>
public sealed class GitUrlTests
{
    [Theory]
    [InlineData("https://Git.Example.com/team/app.git", "https://git.example.com/team/app.git")]
    [InlineData("  https://git.example.com:443/app/ ", "https://git.example.com/app")]
    [InlineData("https://localhost.:99/app", "https://localhost:99/app")]
    [InlineData("https://bücher.example/app", "https://xn--bcher-kva.example/app")]
    [InlineData("https://2130706433/app", "https://127.0.0.1/app")]
    [InlineData("https://[::1]:8443/app", "https://[::1]:8443/app")]
    [InlineData("ssh://git@git.example.com:22/app.git", "ssh://git@git.example.com/app.git")]
    [InlineData("git@git.example.com:team/app.git", "ssh://git@git.example.com/team/app.git")]
    [InlineData("ssh://git@git.example.com:2222/app", "ssh://git@git.example.com:2222/app")]
    [InlineData("http://localhost:8080/app", "http://localhost:8080/app")]
    public void It_is_printed_again_from_its_parts(string typed, string canonical)
    {
        Assert.Equal(canonical, GitUrl.Parse(typed).Value.ToString());
        Assert.Equal(canonical, GitUrl.Parse(canonical).Value.ToString());
    }

    [Theory]
    [InlineData("", "git.url-missing")]
    [InlineData("--upload-pack=touch /tmp/x", "git.url-option")]
    [InlineData("https://-oProxyCommand=x/app", "git.url-unreadable")]
    [InlineData("ssh://-oProxyCommand=x@h/app", "git.url-host")]
    [InlineData("https://ada:secret@git.example.com/app", "git.url-credentials")]
    [InlineData("https://token@git.example.com/app", "git.url-credentials")]
    [InlineData("ssh://git:secret@git.example.com/app", "git.url-credentials")]
    [InlineData("https://git.example.com/app\n", null)]
    [InlineData("https://git.example.com/a\npp", "git.url-characters")]
    [InlineData("https://git.example.com/a\\b", "git.url-characters")]
    [InlineData("https://git.example.com/a%0ab", "git.url-characters")]
    [InlineData("https://git.example.com/a%00b", "git.url-characters")]
    [InlineData("ssh://git@h/a'b", "git.url-characters")]
    [InlineData("ext::sh -c id", "git.url-characters")]
    [InlineData("ext::sh", "git.url-unreadable")]
    [InlineData("file:///etc", "git.url-scheme")]
    [InlineData("/etc/passwd", "git.url-unreadable")]
    [InlineData("git://git.example.com/app", "git.url-scheme")]
    [InlineData("https://git.example.com/-x/app", "git.url-path")]
    [InlineData("https://git.example.com/a//b", "git.url-path")]
    [InlineData("https://git.example.com/app?x=1", "git.url-query")]
    [InlineData("https://git.example.com/app#main", "git.url-query")]
    [InlineData("https://a_b!c/app", "git.url-unreadable")]
    public void What_it_is_not_is_said(string typed, string? code)
    {
        var failure = GitUrl.Parse(typed).Failure;
        Assert.Equal(code, failure?.Code);
        Assert.Equal(code is null ? null : "url", failure?.Field);
        Assert.DoesNotContain("secret", failure?.Sentence ?? "");
    }

    [Fact]
    public void A_password_in_it_gets_this_sentence()
    {
        var failure = GitUrl.Parse("https://ada:secret@git.example.com/app").Failure!;
        Assert.Equal(
            "The address has a user name or password in it, where logs and process lists would show it.",
            failure.Sentence
        );
        Assert.Equal(
            "Remove everything between // and @, and enter user name and password in their own fields.",
            failure.Remedy
        );
    }

    [Theory]
    [InlineData("team/app.git", "https://h.example/base/team/app.git")]
    [InlineData("../x", null)]
    [InlineData("-x", null)]
    [InlineData("", null)]
    [InlineData("a?b", null)]
    [InlineData("a%2e%2e/b", null)]
    public void Names_below_a_base_stay_below_it(string name, string? expected) =>
        Assert.Equal(
            expected,
            GitUrl.Parse("https://h.example/base").Value.Below(name) is { Ok: true } o ? $"{o.Value}" : null
        );
}
