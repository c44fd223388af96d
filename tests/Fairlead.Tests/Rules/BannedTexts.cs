using System.Text.RegularExpressions;

namespace Fairlead.Tests.Rules;

/// <summary>Texts that have no place in the sources, but for the files that exist to hold them.</summary>
public sealed class BannedTexts
{
    /// <param name="Pattern">What is looked for, line by line.</param>
    /// <param name="Sample">A line it must catch.</param>
    /// <param name="Advice">What to do instead.</param>
    /// <param name="Homes">Beginnings of the paths where it is at home.</param>
    private sealed record Ban(string Pattern, string Sample, string Advice, params string[] Homes);

    private const string Rules = "tests/Fairlead.Tests/Rules/";
    private const string Tests = "tests/";

    private static readonly Ban[] Bans =
    [
        new(
            @"\bProcess\.Start\(|new Process\b|new ProcessStartInfo\(",
            "using var git = Process.Start(\"git\", \"status\");",
            "Start programs through Fairlead.Programs.",
            "src/Fairlead.Programs/",
            Tests
        ),
        new(@"\.Arguments\s*=\s*([$@]|""|string\.)", "start.Arguments = $\"log {branch}\";", "Pass argument lists."),
        new(
            @"new HttpClient\(",
            "var client = new HttpClient();",
            "Use the guarded client.",
            "src/Fairlead.Providers/Http/",
            "src/Fairlead.Contracts/",
            "src/Fairlead.Cli/",
            "src/Fairlead.Runner/",
            Tests
        ),
        new(
            @"CertificateCustomValidationCallback|RemoteCertificateValidationCallback|DangerousAcceptAny",
            "handler.ServerCertificateCustomValidationCallback = (_, _, _, _) => true;",
            "Certificates are judged in one place of the server and one of the runner.",
            "src/Fairlead.Providers/Http/",
            "src/Fairlead.Runner/Trust/",
            Tests
        ),
        new(@"\bDateTime(Offset)?\.(Utc)?Now\b", "var now = DateTime.UtcNow;", "Ask a TimeProvider."),
        new(@"\bThread\.Sleep\(", "Thread.Sleep(100);", "Wait for a condition."),
        new(
            @"(?i)(secret|token|signature|password|hash|mac|expected)\w*[\w.()]*\.SequenceEqual\(",
            "if (expectedMac.SequenceEqual(given)) return;",
            "Compare with CryptographicOperations.FixedTimeEquals.",
            Tests
        ),
        new(@"\.GetAwaiter\(\)\.GetResult\(\)|\.Wait\(\);", "Load().GetAwaiter().GetResult();", "Await it."),
        new(@"\(MarkupString\)|new MarkupString\(|Html\.Raw\(", "@((MarkupString)log)", "Let Razor encode it."),
        new(@"SqlRaw\(\s*\$""", "db.ExecuteSqlRaw($\"delete from {name}\");", "Use ExecuteSql with parameters."),
        new(@"^\s*#(region|pragma warning disable)", "#region private parts", "Split the file, or mend the warning."),
        new(@"\b(TODO|FIXME|HACK)\b|NotImplementedException", "// TODO: later", "Do it, or leave it out.", Tests),
        new(
            @"\bTask\.Delay\((\d+|TimeSpan\.From\w+\([^)]*\))\s*(,\s*cancel\w*)?\)",
            "await Task.Delay(500);",
            "Wait for a condition, or delay by a TimeProvider.",
            "tests/Fairlead.Emulators/"
        ),
        new(@"(?i)\[Fact\(Skip|\[Theory\(Skip", "[Fact(Skip = \"flaky\")]", "Mend it or delete it."),
    ];

    [Fact]
    public async Task Nothing_banned_is_used()
    {
        var sources = (await SourceFile.Sources()).Where(file => !file.Path.StartsWith(Rules));
        Violations.None(sources.SelectMany(Found), "These texts are banned here:");
    }

    [Fact]
    public void Control_every_ban_catches_its_sample()
    {
        foreach (var ban in Bans)
            Assert.Single(Found(new SourceFile("src/Fairlead.Core/A.cs", ban.Sample)));
    }

    [Fact]
    public async Task Every_home_is_still_there()
    {
        var paths = (await SourceFile.All()).Select(file => file.Path).ToList();
        var homeless = Bans.SelectMany(ban => ban.Homes).Where(home => !paths.Any(path => path.StartsWith(home)));
        Violations.None(homeless, "A ban names a home that is gone:");
    }

    private static IEnumerable<string> Found(SourceFile file) =>
        from ban in Bans
        where !ban.Homes.Any(file.Path.StartsWith)
        from line in file.Lines.Index()
        where Regex.IsMatch(line.Item, ban.Pattern)
        select $"{file.At(line.Index + 1)}: {line.Item.Trim()}  ({ban.Advice})";
}
