using System.Text;
using System.Text.Json;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Secrets;
using Fairlead.Runner.Logs;

namespace Fairlead.Tests.Unit.Logs;

/// <summary>Lines are whole, masked and within limits; the end of a log that is too long is kept.</summary>
public sealed class JobLogTests
{
    private const string Password = "correct-horse-battery";
    private readonly JobMask _mask = new();

    [Theory]
    [InlineData("login with correct-horse-battery", "login with ***")]
    [InlineData("split cor\e[2Jrect-horse-\0battery", "split ***")]
    [InlineData("Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5", "***")]
    [InlineData("ghp_0123456789abcdefghijABCDEFGHIJ012345", "***")]
    public void A_secret_is_masked_after_control_characters_are_gone(string line, string expected)
    {
        _mask.Add(new Secret(Password));
        Assert.Equal([expected], Texts(Written(LogLimits.Default, line)));
    }

    [Fact]
    public void A_long_line_is_cut_after_it_was_masked()
    {
        _mask.Add(new Secret(Password));
        var text = Texts(Written(new LogLimits(20, 9999, 1), new string('x', 15) + Password))[0];
        Assert.Equal(new string('x', 15) + "***", text);
        Assert.StartsWith("yyyyyyyyyyyyyyyyyyyy [", Texts(Written(new LogLimits(20, 9999, 1), new string('y', 50)))[0]);
    }

    [Fact]
    public void Beyond_the_limit_the_last_lines_and_the_error_are_kept()
    {
        var log = new JobLog(_mask, TimeProvider.System, new LogLimits(100, 500, 3));
        for (var i = 0; i < 1000; i++)
            log.Write("build", $"line {i}");
        log.Write("build", "it failed", "error");
        log.Close("build");
        var texts = Texts(log);
        Assert.Equal("line 0", texts[0]);
        Assert.Contains("it failed", texts);
        Assert.Equal(["line 997", "line 998", "line 999"], texts[^3..]);
        Assert.Matches(@"\[\d+ lines left out", texts[^4]);
    }

    [Fact]
    public void The_servers_length_decides_what_is_sent_next()
    {
        var queue = new LogQueue();
        queue.Begin(100);
        foreach (var line in (string[])["aaaa\n", "bbbb\n", "cccc\n"])
            queue.Add(Encoding.ASCII.GetBytes(line));
        Assert.Equal((100, "aaaa\nbbbb\n"), Peek(queue, 12));
        queue.Acknowledge(105);
        Assert.Equal((105, "bbbb\ncccc\n"), Peek(queue, 100));
        queue.Acknowledge(107);
        Assert.Equal((107, "bb\ncccc\n"), Peek(queue, 100));
        queue.Acknowledge(105);
        Assert.Equal((105, "bb\ncccc\n"), Peek(queue, 100));
        queue.Acknowledge(1000);
        Assert.Equal(0, queue.Size);
    }

    private JobLog Written(LogLimits limits, string text)
    {
        var log = new JobLog(_mask, TimeProvider.System, limits);
        log.Write("build", text);
        return log;
    }

    private static (long, string) Peek(LogQueue queue, int limit)
    {
        var (start, bytes) = queue.Peek(limit);
        return (start, Encoding.ASCII.GetString(bytes));
    }

    private static List<string> Texts(JobLog log) =>
        Encoding
            .UTF8.GetString(log.Queue.Peek(int.MaxValue).Bytes)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<LogLine>(line, JsonSerializerOptions.Web)!.Text)
            .ToList();
}
