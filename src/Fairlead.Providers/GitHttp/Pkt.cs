using System.Text;

namespace Fairlead.Providers.GitHttp;

/// <summary>What stands at one place of a stream of packets (gitprotocol-common, "pkt-line format").</summary>
internal enum PktKind
{
    /// <summary>A line of text.</summary>
    Line,

    /// <summary><c>0000</c>: the end of a message.</summary>
    Flush,

    /// <summary><c>0001</c>: the end of a part of one.</summary>
    Delimiter,

    /// <summary>Nothing follows.</summary>
    End,

    /// <summary>More is announced than there is.</summary>
    Cut,

    /// <summary>No packet begins like this.</summary>
    Broken,
}

/// <summary>Reads packets one after the other; nothing is believed about their lengths.</summary>
internal ref struct PktReader(ReadOnlySpan<byte> bytes)
{
    private const int Head = 4;

    /// <summary>A packet's bytes at most, its length included.</summary>
    private const int Longest = 65520;

    private ReadOnlySpan<byte> _left = bytes;

    /// <summary>Bytes not read yet.</summary>
    public readonly int Left => _left.Length;

    /// <param name="text">The line, without the line feed it may end in; empty for anything else.</param>
    public PktKind Read(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (_left.IsEmpty)
            return PktKind.End;
        if (_left.Length < Head)
            return PktKind.Cut;
        var length = Length(_left[..Head]);
        if (length is < 0 or > 1 and < Head or > Longest)
            return PktKind.Broken;
        if (length > _left.Length)
            return PktKind.Cut;
        if (length > Head)
            text = _left[Head..length].TrimEnd((byte)'\n');
        _left = _left[Math.Max(length, Head)..];
        return length switch
        {
            0 => PktKind.Flush,
            1 => PktKind.Delimiter,
            _ => PktKind.Line,
        };
    }

    /// <summary>What four hexadecimal digits say; -1 when they are none.</summary>
    private static int Length(ReadOnlySpan<byte> digits)
    {
        var length = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit))
                return -1;
            length = length * 16 + (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }
        return length;
    }
}

/// <summary>Writes packets.</summary>
internal static class Pkt
{
    public const string Flush = "0000";
    public const string Delimiter = "0001";

    /// <param name="text">ASCII, of less than 65,516 characters.</param>
    public static string Line(string text) => $"{text.Length + 5:x4}{text}\n";

    public static byte[] Bytes(params IEnumerable<string> packets) => Encoding.ASCII.GetBytes(string.Concat(packets));
}
