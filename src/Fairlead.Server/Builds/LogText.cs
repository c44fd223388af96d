using System.Text;
using System.Text.Json;
using Fairlead.Contracts.Jobs;

namespace Fairlead.Server.Builds;

/// <summary>The log as people read it in a terminal.</summary>
internal static class LogText
{
    public static string Of(ReadOnlySpan<byte> line)
    {
        if (Parse(line) is not { } parsed)
            return Encoding.UTF8.GetString(line) + "\n";
        return parsed.Kind switch
        {
            "phase" => $"== {parsed.Text}\n",
            "error" => $"!! {parsed.Text}\n",
            _ => parsed.Text + "\n",
        };
    }

    private static LogLine? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<LogLine>(line, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
