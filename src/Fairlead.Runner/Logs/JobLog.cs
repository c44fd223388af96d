using System.Text.Json;
using System.Text.Json.Serialization;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Masking;

namespace Fairlead.Runner.Logs;

/// <summary>
/// The build's log: takes lines as programs print them, makes them plain, masks them, keeps them within limits and
/// queues them for upload. Order matters: a secret broken up by control characters is whole again only after those
/// are gone, so masking comes second, and cutting third. Thread-safe.
/// </summary>
internal sealed class JobLog(JobMask mask, TimeProvider time, LogLimits limits)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Lock _gate = new();
    private readonly TokenNet _net = new();
    private readonly Queue<byte[]> _tail = [];
    private long _written;
    private long _dropped;

    public LogQueue Queue { get; } = new();

    /// <summary>Runs after lines were queued, on the writer's thread.</summary>
    public Action? OnQueued { get; set; }

    public void Write(string phase, string text, string? kind = null)
    {
        lock (_gate)
        {
            foreach (var line in text.Split('\n'))
                Put(Line(phase, Cut(_net.Mask(mask.Apply(PlainText.Of(line)))), kind), kind is not null);
        }
        OnQueued?.Invoke();
    }

    /// <summary>
    /// Nothing more will come: the kept end of what was dropped follows, with a note on how much is missing.
    /// </summary>
    public void Close(string phase)
    {
        lock (_gate)
        {
            if (_dropped > _tail.Count)
                Queue.Add(Line(phase, $"[{_dropped - _tail.Count} lines left out: the log is full]", "note"));
            while (_tail.TryDequeue(out var line))
                Queue.Add(line);
        }
        OnQueued?.Invoke();
    }

    private void Put(byte[] line, bool important)
    {
        if (important || _written + line.Length <= limits.Total)
        {
            _written += line.Length;
            Queue.Add(line);
            return;
        }
        _dropped++;
        _tail.Enqueue(line);
        if (_tail.Count > limits.Tail)
            _tail.Dequeue();
    }

    private string Cut(string text) =>
        text.Length <= limits.Line
            ? text
            : $"{text.AsSpan(0, limits.Line)} [{text.Length - limits.Line} more characters]";

    private byte[] Line(string phase, string text, string? kind)
    {
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        return [.. JsonSerializer.SerializeToUtf8Bytes(new LogLine(at, phase, text, kind), Json), (byte)'\n'];
    }
}
