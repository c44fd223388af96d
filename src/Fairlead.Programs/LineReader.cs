using System.Text;

namespace Fairlead.Programs;

/// <summary>
/// Lines as <see cref="TextReader.ReadLineAsync()"/> reads them, but none longer than a limit: what a stranger's
/// program
/// prints without ever ending the line must not fill our memory. The rest of such a line is dropped.
/// </summary>
internal sealed class LineReader(TextReader reader, int limit)
{
    private readonly char[] _buffer = new char[16 * 1024];
    private readonly StringBuilder _line = new();
    private int _at;
    private int _end;
    private bool _afterReturn;

    /// <summary>Null at the end.</summary>
    public async ValueTask<string?> Next(CancellationToken cancel)
    {
        var any = false;
        while (true)
        {
            if (_at == _end)
            {
                (_at, _end) = (0, await reader.ReadAsync(_buffer, cancel));
                if (_end == 0)
                    return any ? Take() : null;
            }
            if (_afterReturn && _buffer[_at] == '\n')
                _at++;
            _afterReturn = false;
            if (_at == _end)
                continue;
            any = true;
            if (TakeUpToBreak())
                return Take();
        }
    }

    /// <summary>True when the line has ended.</summary>
    private bool TakeUpToBreak()
    {
        var rest = _buffer.AsSpan(_at, _end - _at);
        var length = rest.IndexOfAny('\r', '\n');
        var text = length < 0 ? rest : rest[..length];
        _line.Append(text[..Math.Min(text.Length, limit - _line.Length)]);
        _at += text.Length;
        if (length < 0)
            return false;
        _afterReturn = _buffer[_at++] == '\r';
        return true;
    }

    private string Take()
    {
        var line = _line.ToString();
        _line.Clear();
        return line;
    }
}
