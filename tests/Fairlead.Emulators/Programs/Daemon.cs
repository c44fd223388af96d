using System.Collections.Concurrent;
using System.Diagnostics;

namespace Fairlead.Emulators.Programs;

/// <summary>
/// A real program that keeps running beside us. It ends with <see cref="DisposeAsync"/>, and also when our process
/// dies in whatever way: a small shell watches a pipe that only we hold open.
/// </summary>
public sealed class Daemon : IAsyncDisposable
{
    private const string Watch = """
        exec 3<&0 </dev/null
        "$@" 3<&- &
        p=$!
        { cat <&3; kill "$p"; } >/dev/null 2>&1 &
        wait "$p"; r=$?
        kill $! 2>/dev/null
        exit "$r"
        """;

    private readonly Process _shell;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Lock _gate = new();
    private readonly List<(Func<string, bool> Match, TaskCompletionSource<string> Seen)> _waiting = [];

    private bool _isDisposed;

    private Daemon(Process shell) => _shell = shell;

    /// <summary>Everything it has written so far, output and errors in the order they came.</summary>
    public string Log => string.Join('\n', _lines);

    public bool HasExited => _shell.HasExited;

    /// <summary>The process id of the program itself, not of the shell that watches over it.</summary>
    public int ProgramId => int.Parse(File.ReadAllText($"/proc/{_shell.Id}/task/{_shell.Id}/children").Split(' ')[0]);

    public static Daemon Start(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? directory = null
    )
    {
        var start = Tool.Prepare("/bin/sh", ["-c", Watch, "sh", program, .. arguments], directory, environment);
        var daemon = new Daemon(Tool.Start(start));
        daemon._shell.OutputDataReceived += (_, line) => daemon.Hear(line.Data);
        daemon._shell.ErrorDataReceived += (_, line) => daemon.Hear(line.Data);
        daemon._shell.BeginOutputReadLine();
        daemon._shell.BeginErrorReadLine();
        return daemon;
    }

    /// <summary>The first line, past or to come, that matches.</summary>
    /// <exception cref="InvalidOperationException">The program ended or the time passed; the message has its
    /// log.</exception>
    public async Task<string> WaitForLine(Func<string, bool> match, TimeSpan? within = null)
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_lines.FirstOrDefault(match) is { } past)
                return past;
            _waiting.Add((match, seen));
        }
        var deadline = Task.Delay(within ?? TimeSpan.FromSeconds(20));
        await Task.WhenAny(seen.Task, deadline, _shell.WaitForExitAsync());
        return seen.Task.IsCompletedSuccessfully
            ? await seen.Task
            : throw new InvalidOperationException($"It {(HasExited ? "ended" : "is not ready")}. Its log:\n{Log}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (!HasExited)
        {
            _shell.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await _shell.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _shell.Kill(entireProcessTree: true);
            }
        }
        _shell.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        lock (_gate)
        {
            _lines.Enqueue(line);
            foreach (var (match, seen) in _waiting)
                if (match(line))
                    seen.TrySetResult(line);
        }
    }
}
