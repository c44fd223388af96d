using System.CommandLine;

namespace Fairlead.Cli.Commands;

/// <summary>What can be said of an image repository when it is made and later.</summary>
internal sealed class ImageOptions
{
    public Option<string?> Summary { get; } = new("--summary") { Description = "One sentence about it" };

    public Option<bool?> Public { get; } = new("--public") { Description = "Anyone may pull, without a login" };

    public Option<string?> TargetConnection { get; } =
        new("--target") { Description = "ID of a registry connection to push to, instead of the managed registry" };

    public Option<string?> TargetRepository { get; } =
        new("--target-repository") { Description = "The repository's name at that registry" };

    public Option<bool?> BuildOnPush { get; } =
        new("--build-on-push") { Description = "Build when a rule matches a push" };

    public Option<bool?> OutboundOnly { get; } =
        new("--outbound-only") { Description = "The host cannot reach the server: no hook, look every half minute" };

    public Option<bool?> NoCache { get; } = new("--no-cache") { Description = "Build every layer anew" };

    public Symbol[] All => [Summary, Public, TargetConnection, TargetRepository, BuildOnPush, OutboundOnly, NoCache];
}
