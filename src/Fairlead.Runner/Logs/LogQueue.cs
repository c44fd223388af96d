namespace Fairlead.Runner.Logs;

/// <summary>
/// Lines that the server does not have yet, and the offset in its log at which they begin. The server's word on its
/// length is final. Thread-safe; bounded by the log's own limit.
/// </summary>
internal sealed class LogQueue
{
    private readonly Lock _gate = new();
    private readonly LinkedList<ReadOnlyMemory<byte>> _lines = [];
    private long _start;

    public int Size { get; private set; }

    public void Add(byte[] line)
    {
        lock (_gate)
        {
            _lines.AddLast(line);
            Size += line.Length;
        }
    }

    /// <summary>The oldest lines, up to about <paramref name="limit"/> bytes and at least one.</summary>
    public (long Start, byte[] Bytes) Peek(int limit)
    {
        lock (_gate)
        {
            var bytes = new List<byte>();
            foreach (var line in _lines)
            {
                if (bytes.Count > 0 && bytes.Count + line.Length > limit)
                    break;
                bytes.AddRange(line.Span);
            }
            return (_start, [.. bytes]);
        }
    }

    /// <summary>The server's log ends at <paramref name="length"/> before any of our lines.</summary>
    public void Begin(long length)
    {
        lock (_gate)
            _start = length;
    }

    /// <summary>The server has the log up to <paramref name="length"/>.</summary>
    public void Acknowledge(long length)
    {
        lock (_gate)
        {
            var known = Math.Max(0, length - _start);
            while (_lines.First is { } first && known > 0)
            {
                var cut = (int)Math.Min(known, first.Value.Length);
                known -= cut;
                Size -= cut;
                if (cut == first.Value.Length)
                    _lines.RemoveFirst();
                else
                    first.Value = first.Value[cut..];
            }
            _start = length;
        }
    }
}
