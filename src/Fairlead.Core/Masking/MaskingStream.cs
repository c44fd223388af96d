using System.Buffers;

namespace Fairlead.Core.Masking;

/// <summary>
/// One pass of a <see cref="SecretMasker"/> over bytes that arrive in pieces. Holds back only what could still turn
/// out to be the beginning of a secret. Not thread-safe.
/// </summary>
public sealed class MaskingStream
{
    private readonly ByteAutomaton _automaton;
    private readonly List<(int Start, int End)> _found = [];
    private byte[] _held = [];
    private int _state;

    /// <summary>How many of the next bytes belong to a mask that is written already; -1 outside a mask.</summary>
    private int _swallow = -1;

    private static ReadOnlySpan<byte> Mask => "***"u8;

    internal MaskingStream(SecretMasker masker) => _automaton = masker.Automaton;

    public void Write(ReadOnlySpan<byte> piece, IBufferWriter<byte> output)
    {
        var start = _held.Length;
        byte[] bytes = [.. _held, .. piece];
        for (var at = start; at < bytes.Length; at++)
        {
            _state = _automaton.Next(_state, bytes[at]);
            if (_automaton.Match(_state) is var length and > 0)
                Note(at + 1 - length, at + 1);
        }
        Flush(bytes, bytes.Length - _automaton.Depth(_state), output);
    }

    /// <summary>Nothing more will come: writes what was held back.</summary>
    public void Finish(IBufferWriter<byte> output)
    {
        Flush(_held, _held.Length, output);
        _state = 0;
    }

    /// <summary>Keeps the findings sorted and apart: one that reaches into the ones before swallows them.</summary>
    private void Note(int start, int end)
    {
        while (_found.Count > 0 && _found[^1].End >= start)
        {
            start = Math.Min(start, _found[^1].Start);
            _found.RemoveAt(_found.Count - 1);
        }
        _found.Add((start, end));
    }

    /// <summary>Writes everything before <paramref name="decided"/>; no later finding can begin before it.</summary>
    private void Flush(byte[] bytes, int decided, IBufferWriter<byte> output)
    {
        var at = Math.Clamp(_swallow, 0, decided);
        var masked = _swallow;
        foreach (var (start, end) in _found)
        {
            if (start >= decided)
                break;
            if (start > at)
                output.Write(bytes.AsSpan(at, start - at));
            if (start > masked)
                output.Write(Mask);
            at = Math.Min(end, decided);
            masked = end;
        }
        if (at < decided)
            output.Write(bytes.AsSpan(at, decided - at));
        _swallow = masked >= decided ? masked - decided : -1;
        Keep(bytes, decided);
    }

    private void Keep(byte[] bytes, int decided)
    {
        _held = bytes[decided..];
        for (var i = _found.Count - 1; i >= 0; i--)
        {
            var (start, end) = _found[i];
            if (start < decided)
                _found.RemoveAt(i);
            else
                _found[i] = (start - decided, end - decided);
        }
    }
}
