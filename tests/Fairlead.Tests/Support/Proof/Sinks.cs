using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.Emulators.Programs;

namespace Fairlead.Tests.Support.Proof;

/// <summary>Everything a server may have written or said, by the kind of place, byte by byte.</summary>
internal static partial class Sinks
{
    private const int PageLimit = 300;

    /// <summary>What the server printed.</summary>
    public static IEnumerable<(string Where, byte[] Bytes)> Log(ProofServer server) =>
        server.Log.Split('\n').Select(line => (line[..Math.Min(line.Length, 90)], Encoding.UTF8.GetBytes(line)));

    /// <summary>The database file and its journal, as they lie on the disk.</summary>
    public static async Task<IReadOnlyList<(string Where, byte[] Bytes)>> Database(ProofServer server) =>
        [.. (await Files(server.Data)).Where(IsDatabase)];

    /// <summary>All other files in the data directory.</summary>
    public static async Task<IReadOnlyList<(string Where, byte[] Bytes)>> Data(ProofServer server) =>
        [.. (await Files(server.Data)).Where(file => !IsDatabase(file))];

    /// <summary>What runners and engines left: mirrors, work trees, jobs, layer stores, tmpfs.</summary>
    public static async Task<IReadOnlyList<(string Where, byte[] Bytes)>> Work(ProofServer server)
    {
        var all = new List<(string, byte[])>();
        foreach (var place in server.Places.Where(Directory.Exists))
            all.AddRange(await Files(place));
        return all;
    }

    /// <summary>Every address of the API that can be read, and what it answers the administrator.</summary>
    /// <param name="values">For the parameters in paths, by path and name.</param>
    public static async Task<IReadOnlyList<(string Where, byte[] Bytes)>> Api(
        ProofServer server,
        Func<string, string, IEnumerable<string>> values
    )
    {
        using var document = JsonDocument.Parse(await server.Api.GetStringAsync("/openapi/v1.json"));
        var paths = document.RootElement.GetProperty("paths").EnumerateObject();
        var answers = new List<(string, byte[])>();
        foreach (var path in paths.Where(path => path.Value.TryGetProperty("get", out _)))
        foreach (var address in Filled(path.Name, values))
            answers.Add((address, await Answer(server.Api, address)));
        return answers;
    }

    /// <summary>Every page of the console that links lead to, headers included.</summary>
    public static async Task<IReadOnlyList<(string Where, byte[] Bytes)>> Pages(HttpClient browser)
    {
        var pages = new Dictionary<string, byte[]>();
        var next = new Queue<string>(["/"]);
        while (next.TryDequeue(out var address) && pages.Count < PageLimit)
        {
            if (pages.ContainsKey(address))
                continue;
            var bytes = pages[address] = await Answer(browser, address);
            foreach (Match link in Link().Matches(Encoding.UTF8.GetString(bytes)))
                next.Enqueue(link.Groups["path"].Value.Replace("&amp;", "&"));
        }
        return [.. pages.Select(page => (page.Key, page.Value))];
    }

    private static IEnumerable<string> Filled(string path, Func<string, string, IEnumerable<string>> values) =>
        Parameter().Match(path) is { Success: true } match
            ? values(path, match.Groups["name"].Value)
                .SelectMany(value => Filled(path.Replace(match.Value, value), values))
            : [path];

    private static async Task<byte[]> Answer(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address);
        var body = await answer.Content.ReadAsByteArrayAsync();
        return [.. Encoding.Latin1.GetBytes(answer.Headers.ToString()), .. body];
    }

    private static bool IsDatabase((string Where, byte[] Bytes) file) =>
        Path.GetFileName(file.Where).StartsWith("fairlead.db", StringComparison.Ordinal);

    /// <summary>Plain files below a directory, as far as we may enter it.</summary>
    private static async Task<List<(string Where, byte[] Bytes)>> Files(string directory)
    {
        string[] rule = ["-type", "d", "!", "-readable", "-prune", "-o", "-type", "f", "-readable", "-print0"];
        var files = await Tool.Run("find", [directory, .. rule]);
        var read = new List<(string, byte[])>();
        foreach (var file in files.Split('\0', StringSplitOptions.RemoveEmptyEntries))
            read.Add((file, IsLocked(file, out var bytes) ? await Read(file) : bytes));
        return read;
    }

    private static bool IsLocked(string file, out byte[] bytes)
    {
        bytes = [];
        try
        {
            using var stream = new FileStream(
                file,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            bytes = copy.ToArray();
            return false;
        }
        catch (IOException)
        {
            return File.Exists(file);
        }
    }

    /// <summary>Through cp, which does not care for the locks that servers and engines hold.</summary>
    private static async Task<byte[]> Read(string file)
    {
        using var copy = new TempDir();
        await Tool.Run("cp", ["--no-preserve=mode", "--", file, copy["it"]]);
        return await File.ReadAllBytesAsync(copy["it"]);
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("""href="(?<path>/(?!assets/)[^"#]*)["#]""")]
    private static partial Regex Link();
}
