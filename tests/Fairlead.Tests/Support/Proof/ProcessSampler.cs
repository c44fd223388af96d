using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace Fairlead.Tests.Support.Proof;

/// <summary>
/// Looks at the arguments and the environment of every process that starts on this machine, every five milliseconds,
/// and remembers each different text.
/// </summary>
internal sealed class ProcessSampler : IDisposable
{
    private const int Pace = 5;

    /// <summary>After that a process is taken to run the program it will run, and is looked at now and then.</summary>
    private const int Young = 400;

    private readonly HashSet<string> _before = [.. Ids()];
    private readonly ConcurrentDictionary<string, string> _seen = new();
    private readonly Dictionary<string, int> _looks = [];
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _over = new();

    public ProcessSampler()
    {
        _thread = new Thread(Watch) { IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>Rounds made.</summary>
    public int Rounds { get; private set; }

    /// <summary>Each different text, with the first process that had it.</summary>
    public IReadOnlyList<(string Where, byte[] Bytes)> Seen =>
        [.. _seen.Select(text => (text.Value, Encoding.Latin1.GetBytes(text.Key)))];

    public void Dispose()
    {
        _over.Set();
        _thread.Join();
        _over.Dispose();
    }

    private void Watch()
    {
        var clock = Stopwatch.StartNew();
        while (!_over.IsSet)
        {
            var began = clock.ElapsedMilliseconds;
            foreach (var id in Ids())
                Look(id);
            Rounds++;
            if (clock.ElapsedMilliseconds - began is var took and < Pace)
                _over.Wait(Pace - (int)took);
        }
    }

    private void Look(string id)
    {
        if (_before.Contains(id))
            return;
        var looks = _looks[id] = _looks.GetValueOrDefault(id) + 1;
        if (looks > Young && looks % 100 != 0)
            return;
        Remember(id, "cmdline");
        Remember(id, "environ");
    }

    private void Remember(string id, string part)
    {
        try
        {
            var bytes = File.ReadAllBytes($"/proc/{id}/{part}");
            if (bytes.Length > 0)
                _seen.TryAdd(Encoding.Latin1.GetString(bytes), $"{part} of process {id}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It ended, or is not ours to look at.
        }
    }

    private static IEnumerable<string> Ids() =>
        Directory.EnumerateDirectories("/proc").Select(path => path[6..]).Where(id => char.IsAsciiDigit(id[0]));
}
