using System.CommandLine;

namespace Fairlead.Cli.Commands;

/// <summary>Options every command has.</summary>
internal static class GlobalOptions
{
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON document instead of a table",
        Recursive = true,
    };

    public static readonly Option<string?> Server = new("--server")
    {
        Description = "Address of the server, instead of the one signed in to (FAIRLEAD_URL)",
        Recursive = true,
    };

    public static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask back", Recursive = true };
}
