using Fairlead.Programs;

namespace Fairlead.Tests.Contract.Programs;

/// <summary>A program that prints without end does not fill our memory, and loses no other line.</summary>
public sealed class LongLineTests
{
    [Fact]
    public async Task A_line_without_end_is_cut()
    {
        var lines = new List<string>();
        await Run("echo first; head -c 50000000 /dev/zero | tr '\\0' x; echo; echo last", lines);
        Assert.Equal(["first", new string('x', ProgramCall.LongestLine), "last"], lines);
    }

    [Theory]
    [InlineData("a\\nb\\n", "a|b")]
    [InlineData("a\\r\\nb", "a|b")]
    [InlineData("10%%\\r50%%\\r\\r\\n\\nend", "10%|50%|||end")]
    [InlineData("\\n", "")]
    [InlineData("", null)]
    public async Task Lines_end_as_everywhere(string printed, string? expected)
    {
        var lines = new List<string>();
        await Run($"printf '{printed}'", lines);
        Assert.Equal(expected, lines.Count == 0 ? null : string.Join('|', lines));
    }

    private static async Task Run(string script, List<string> lines)
    {
        var call = new ProgramCall("sh", ["-c", script]) { OnLine = lines.Add };
        var outcome = await new ProgramRunner(TimeProvider.System).Run(call, TestContext.Current.CancellationToken);
        Assert.True(outcome.Ok, outcome.Failure?.Sentence);
    }
}
