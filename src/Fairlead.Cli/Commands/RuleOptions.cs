using System.CommandLine;
using Fairlead.Contracts.Images;

namespace Fairlead.Cli.Commands;

/// <summary>All that can be said of a build rule.</summary>
internal sealed class RuleOptions
{
    private readonly Option<string?> _branch = new("--branch") { Description = "Build pushes to this branch" };

    private readonly Option<string?> _tag = new("--tag") { Description = "Build this tag" };

    private readonly Option<string?> _request = new("--request-to")
    {
        Description = "Build pull requests (merge requests) to this branch",
    };

    private readonly Option<bool> _forks = new("--forks")
    {
        Description = "Of pull requests: also those from forks; --forks false for none",
    };

    private readonly Option<bool> _regex = new("--regex")
    {
        Description = "The name is a regular expression for the whole name",
    };

    private readonly Option<string[]> _versions = new("--version-template", "-t")
    {
        Description =
            "Tag to publish: text with {branch} {tag} {request} {sha} {sha8} {date} {n} and named groups; repeatable",
    };

    private readonly Option<string?> _directory = new("--directory")
    {
        Description = "Build context within the repository; / at first",
    };

    private readonly Option<string?> _dockerfile = new("--dockerfile")
    {
        Description = "Dockerfile within that directory; Dockerfile at first",
    };

    private readonly Option<string[]> _arguments = new("--build-arg")
    {
        Description = "NAME=VALUE; never a secret; repeatable",
    };

    private readonly Option<string[]> _platforms = new("--platform")
    {
        Description = "linux/amd64, linux/arm64, ...; repeatable: one image for all; the builder's own without",
    };

    private readonly Option<string[]> _paths = new("--path")
    {
        Description = "Build only when this file, directory or pattern changed; ! leaves out; repeatable",
    };

    private readonly Option<int?> _limit = new("--time-limit") { Description = "Minutes; 60 at first" };

    private readonly Option<bool> _every = new("--every-commit")
    {
        Description = "Build each commit, also when a newer one of the same branch already waits",
    };

    public Symbol[] All =>
        [
            _branch,
            _tag,
            _request,
            _forks,
            _regex,
            _versions,
            _directory,
            _dockerfile,
            _arguments,
            _platforms,
            _paths,
            _limit,
            _every,
        ];

    /// <summary>What was said; the rest is as in <paramref name="before"/>.</summary>
    public RuleInput Read(Invocation call, RuleInput before) =>
        before with
        {
            Type =
                call.Given(_tag) ? "tag"
                : call.Given(_request) ? "request"
                : call.Given(_branch) ? "branch"
                : before.Type,
            Pattern = call.Get(_tag) ?? call.Get(_request) ?? call.Get(_branch) ?? before.Pattern,
            IsRegex = call.Given(_regex) ? call.Get(_regex) : before.IsRegex,
            Versions = call.Given(_versions) ? call.Get(_versions)! : before.Versions,
            Directory = call.Get(_directory) ?? before.Directory,
            Dockerfile = call.Get(_dockerfile) ?? before.Dockerfile,
            Arguments = call.Given(_arguments) ? call.Get(_arguments)!.Select(Pair).ToDictionary() : before.Arguments,
            Platforms = call.Given(_platforms) ? call.Get(_platforms)! : before.Platforms,
            Paths = call.Given(_paths) ? call.Get(_paths)! : before.Paths,
            NewestWins = call.Given(_every) ? !call.Get(_every) : before.NewestWins,
            Forks = call.Given(_forks) ? call.Get(_forks) : before.Forks,
            TimeLimitMinutes = call.Get(_limit) ?? before.TimeLimitMinutes,
        };

    private static KeyValuePair<string, string> Pair(string text)
    {
        var equals = text.IndexOf('=');
        return equals < 0 ? new(text, "") : new(text[..equals], text[(equals + 1)..]);
    }
}
