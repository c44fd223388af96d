using System.Collections.Concurrent;
using System.Text;

namespace Fairlead.Tests.Contract.Jobs;

/// <summary>
/// Reads arguments and environment of every process below one, again and again, and remembers those that hold one of
/// the secrets.
/// </summary>
internal sealed class ProcessWatch : IAsyncDisposable
{
    private readonly int _root;
    private readonly string[] _secrets;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;
    private readonly ConcurrentDictionary<string, string> _found = [];
    private readonly ConcurrentDictionary<string, byte> _seen = [];

    public ProcessWatch(int root, params string[] secrets)
    {
        (_root, _secrets) = (root, secrets);
        _loop = Task.Run(Run);
    }

    /// <summary>Where a secret stood.</summary>
    public ICollection<string> Found => _found.Keys;

    /// <summary>Names of programs that were looked at: a watch that saw none proves nothing.</summary>
    public ICollection<string> Seen => _seen.Keys;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
    }

    private void Run()
    {
        while (!_end.IsCancellationRequested)
            foreach (var process in Below(_root))
            foreach (var file in (string[])["cmdline", "environ"])
                Look(process, file);
    }

    private void Look(int process, string file)
    {
        var text = Read($"/proc/{process}/{file}");
        if (file == "cmdline" && text.Length > 0)
            _seen.TryAdd(Path.GetFileName(text.Split('\0')[0]), 0);
        if (_secrets.Any(text.Contains))
            _found.TryAdd($"{Read($"/proc/{process}/comm").Trim()} {file}", "");
    }

    private static List<int> Below(int root)
    {
        var parents = new Dictionary<int, int>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
            if (
                int.TryParse(Path.GetFileName(directory), out var id)
                && Read($"{directory}/stat") is { Length: > 0 } stat
            )
                parents[id] = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]);
        return parents.Keys.Where(id => IsBelow(id, root, parents)).ToList();
    }

    private static bool IsBelow(int id, int root, Dictionary<int, int> parents)
    {
        for (var at = id; at > 1; at = parents.GetValueOrDefault(at))
            if (at == root)
                return true;
        return false;
    }

    private static string Read(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
