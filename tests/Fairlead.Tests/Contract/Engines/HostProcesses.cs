namespace Fairlead.Tests.Contract.Engines;

/// <summary>The machine's own process list.</summary>
internal static class HostProcesses
{
    /// <summary>Ids of living processes whose arguments, separated by NUL, contain the words.</summary>
    public static IReadOnlyList<int> With(string words) =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0)
                .Where(id => id > 0 && CommandLine(id).Contains(words, StringComparison.Ordinal)),
        ];

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
