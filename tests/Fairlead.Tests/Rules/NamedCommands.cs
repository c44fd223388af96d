using System.CommandLine;
using System.Text.RegularExpressions;
using Fairlead.Cli.Commands;
using Fairlead.Cli.Output;

namespace Fairlead.Tests.Rules;

/// <summary>A command that the console, a remedy or a document tells people to type is one that there is.</summary>
public sealed partial class NamedCommands
{
    private static readonly RootCommand Program = FairleadCommand.Create(
        new Terminal(TextWriter.Null, TextWriter.Null, interactive: false)
    );

    [Fact]
    public async Task Are_there()
    {
        var files = (await SourceFile.All()).Where(file =>
            file.Path.StartsWith("src/") || (file.Path.EndsWith(".md") && !file.Path.StartsWith("docs/adr/"))
        );
        Violations.None(files.SelectMany(Unknown), "People are told to type these commands, and they do not exist:");
    }

    [Fact]
    public void Control_a_command_that_is_not_there_is_seen()
    {
        Assert.Single(Unknown(new("src/A.cs", "Run `fairlead connection invent`.")));
        Assert.Single(Unknown(new("src/A.razor", "Command=\"fairlead image create team/app\"")));
        Assert.Empty(Unknown(new("src/A.cs", "Run `fairlead connection kinds`, then `fairlead login ADDRESS`.")));
    }

    private static IEnumerable<string> Unknown(SourceFile file) =>
        Told()
            .Matches(file.Text)
            .Select(match => match.Groups["words"].Value.Trim())
            .Where(words => !Exists(words))
            .Select(words => $"{file.Path}: fairlead {words}");

    /// <summary>Follows the words down the tree; what comes below the last command are its arguments.</summary>
    private static bool Exists(string words)
    {
        Command at = Program;
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at.Subcommands.Count == 0)
                return true;
            if (at.Subcommands.FirstOrDefault(command => command.Name == word) is not { } next)
                return false;
            at = next;
        }
        return true;
    }

    [GeneratedRegex("[`\">]fairlead (?<words>[a-z][a-z -]*)|^fairlead (?<words>[a-z][a-z -]*)", RegexOptions.Multiline)]
    private static partial Regex Told();
}
