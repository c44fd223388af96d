using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.Contracts.Jobs;
using Fairlead.Server.Web;

namespace Fairlead.Server.Builds.Pages;

/// <summary>
/// A build's log for its page: numbered, without colour codes, phases headed with how long they took.
/// </summary>
internal sealed partial class ReadLog(BuildLog log)
{
    private const int Most = 4000;

    public async Task<LogExcerpt> Run(long build, CancellationToken cancel)
    {
        var lines = new Queue<(int Number, LogLine Line)>();
        var (number, end) = (0, 0L);
        await foreach (var (at, bytes) in log.Lines(build, 0, cancel))
        {
            lines.Enqueue((++number, Parse(bytes)));
            if (lines.Count > Most)
                lines.Dequeue();
            end = at;
        }
        return new LogExcerpt(Rows([.. lines]), number - lines.Count, end);
    }

    private static List<LogRow> Rows(IReadOnlyList<(int Number, LogLine Line)> lines)
    {
        var rows = new List<LogRow>(lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            var (number, line) = lines[i];
            var next =
                line.Kind == "phase"
                    ? lines.Skip(i + 1).FirstOrDefault(other => other.Line.Kind == "phase").Line
                    : null;
            var took = next is null ? null : Words.Took(TimeSpan.FromMilliseconds(next.At - line.At));
            rows.Add(new LogRow(number, Colours().Replace(line.Text, ""), Look(line.Kind), took));
        }
        return rows;
    }

    private static string? Look(string? kind) =>
        kind switch
        {
            "phase" => "g",
            "error" => "e",
            _ => null,
        };

    private static LogLine Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<LogLine>(bytes.Span, JsonSerializerOptions.Web) ?? new LogLine(0, "", "");
        }
        catch (JsonException)
        {
            return new LogLine(0, "", System.Text.Encoding.UTF8.GetString(bytes.Span));
        }
    }

    [GeneratedRegex("\u001b\\[[0-9;]*m", RegexOptions.NonBacktracking)]
    private static partial Regex Colours();
}
