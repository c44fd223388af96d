using System.CommandLine;

namespace Fairlead.Cli.Commands;

/// <summary>Who may use a connection.</summary>
internal sealed class SharingOptions
{
    public Option<string?> Scope { get; } =
        new Option<string?>("--scope") { Description = "private, public or custom" }.Offers(
            "private",
            "public",
            "custom"
        );

    public Option<string[]> People { get; } = new("--person") { Description = "For custom: a name; repeatable" };

    public Option<string[]> Groups { get; } = new("--group") { Description = "For custom: a group; repeatable" };

    public Symbol[] All => [Scope, People, Groups];
}
