using System.CommandLine;
using Fairlead.Contracts.Images;

namespace Fairlead.Cli.Commands;

/// <summary>All that can be said of a build rule.</summary>
internal sealed class RuleOptions
{
    private readonly Option<string?> _branch = new("--branch") { Description = "Build pushes to this branch" };

    private readonly Option<string?> _tag = new("--tag") { Description = "Build this tag" };

    private readonly Option<bool> _regex = new("--regex")
    {
        Description = "The name is a regular expression for the whole name",
    };

    private readonly Option<string[]> _versions = new("--version-template", "-t")
    {
        Description = "Tag to publish: text with {branch} {tag} {sha} {sha8} {date} {n} and named groups; repeatable",
    };

    private readonly Option<string> _directory = new("--directory")
    {
        Description = "Build context within the repository",
        DefaultValueFactory = _ => "/",
    };

    private readonly Option<string> _dockerfile = new("--dockerfile")
    {
        Description = "Dockerfile within that directory",
        DefaultValueFactory = _ => "Dockerfile",
    };

    private readonly Option<string[]> _arguments = new("--build-arg")
    {
        Description = "NAME=VALUE; never a secret; repeatable",
    };

    private readonly Option<string[]> _platforms = new("--platform")
    {
        Description = "linux/amd64, linux/arm64, ...; repeatable: one image for all; the builder's own without",
    };

    private readonly Option<int> _limit = new("--time-limit")
    {
        Description = "Minutes",
        DefaultValueFactory = _ => 60,
    };

    private readonly Option<bool> _every = new("--every-commit")
    {
        Description = "Build each commit, also when a newer one of the same branch already waits",
    };

    public Symbol[] All =>
        [_branch, _tag, _regex, _versions, _directory, _dockerfile, _arguments, _platforms, _limit, _every];

    public RuleInput Read(Invocation call) =>
        new()
        {
            Type = call.Given(_tag) ? "tag" : "branch",
            Pattern = call.Get(_tag) ?? call.Get(_branch) ?? "",
            IsRegex = call.Get(_regex),
            Versions = call.Get(_versions) ?? [],
            Directory = call.Get(_directory)!,
            Dockerfile = call.Get(_dockerfile)!,
            Arguments = (call.Get(_arguments) ?? []).Select(Pair).ToDictionary(),
            Platforms = call.Get(_platforms) ?? [],
            NewestWins = !call.Get(_every),
            TimeLimitMinutes = call.Get(_limit),
        };

    private static KeyValuePair<string, string> Pair(string text)
    {
        var equals = text.IndexOf('=');
        return equals < 0 ? new(text, "") : new(text[..equals], text[(equals + 1)..]);
    }
}
