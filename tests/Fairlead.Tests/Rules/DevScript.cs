using System.Text.RegularExpressions;
using Fairlead.Emulators.Programs;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Rules;

/// <summary>The one script says what it does, and says no in a sentence.</summary>
public sealed partial class DevScript
{
    private static string Dev => Path.Combine(RepositoryRoot.Path, "dev");

    [Fact]
    public async Task Its_help_names_every_verb()
    {
        var verbs = Verb()
            .Matches(await File.ReadAllTextAsync(Dev))
            .Select(match => match.Groups["verb"].Value)
            .ToList();
        var help = await Tool.Run(Dev, ["help"]);
        Assert.Contains("demo", verbs);
        Assert.All(verbs.Except(["help"]), verb => Assert.Contains($"./dev {verb}", help));
    }

    [Fact]
    public async Task It_refuses_what_it_does_not_know()
    {
        Assert.Contains("There is no verb 'dmeo'.", await Refusal("dmeo"));
        Assert.Contains("not '--chekc'", await Refusal("demo", "--chekc"));
    }

    [Fact]
    public async Task A_port_in_use_is_a_sentence()
    {
        await using var sink = await HookSink.Start();
        var taken = $"127.0.0.1:{sink.Url.Port}";
        var refusal = await Refusal("demo", "--listen", taken);
        Assert.Contains($"{taken} is taken by another program. Choose a free one: ./dev demo --listen", refusal);
    }

    [Fact]
    public async Task Ci_runs_the_tests_as_everyone_does() =>
        Assert.Contains("./dev test", await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, ".ci", "run")));

    private static async Task<string> Refusal(params string[] arguments) =>
        (await Assert.ThrowsAsync<InvalidOperationException>(() => Tool.Run(Dev, arguments))).Message;

    [GeneratedRegex(@"^  (?<verb>[a-z]+)( \| [-\w |]+)?\) ", RegexOptions.Multiline)]
    private static partial Regex Verb();
}
