using System.Text.RegularExpressions;
using Fairlead.Server.Hosting;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Rules;

/// <summary>What the server reads, what its command line takes and what its manual says are the same options.</summary>
public sealed partial class OptionsDocumented
{
    private static readonly HashSet<string> Taken = [.. OptionNames.All.Select(option => option.Name)];

    [Fact]
    public void Every_option_is_in_the_manual_and_every_one_there_is_taken()
    {
        var manual = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "operations.md"));
        var rows = manual.Split('\n').Where(line => line.StartsWith("| `--", StringComparison.Ordinal));
        var told = rows.SelectMany(row => Told().Matches(row)).Select(match => match.Groups[1].Value).ToHashSet();
        Violations.None(Taken.Except(told), "Describe these in docs/operations.md");
        Violations.None(told.Except(Taken), "The server does not know these options of docs/operations.md");
    }

    [Fact]
    public async Task Every_option_that_is_read_can_be_given()
    {
        var read = (await SourceFile.Sources()).SelectMany(file => Read().Matches(file.Text));
        Violations.None(
            read.Select(match => match.Groups[1].Value).Distinct().Except(Taken),
            "Add these to OptionNames, or the command line refuses them"
        );
    }

    [GeneratedRegex("`--([a-z-]+)")]
    private static partial Regex Told();

    [GeneratedRegex(@"Given\(""([a-z-]+)""\)")]
    private static partial Regex Read();
}
