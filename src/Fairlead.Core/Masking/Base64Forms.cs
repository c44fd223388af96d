using System.Text;

namespace Fairlead.Core.Masking;

/// <summary>
/// Base64 of a value wherever it stands in what was encoded: the three byte offsets give three texts. Only characters
/// that the value alone decides are part of a form; the one or two at its edges mix in the neighbours' bits.
/// </summary>
internal static class Base64Forms
{
    /// <summary>The widths <c>base64</c> and <c>openssl</c> break their output at.</summary>
    private static readonly int[] Wraps = [76, 64];

    public static IEnumerable<string> Of(byte[] value)
    {
        var once = AtEveryOffset(value).Concat(Alone(value)).ToList();
        var twice = once.Select(Encoding.ASCII.GetBytes).SelectMany(form => AtEveryOffset(form).Concat(Alone(form)));
        return once.Concat(twice).SelectMany(Alphabets).Concat(Wrapped(value));
    }

    /// <summary>The value encoded by itself: then its last character is decided too.</summary>
    private static IEnumerable<string> Alone(byte[] value)
    {
        var text = Convert.ToBase64String(value);
        return [text, text.TrimEnd('=')];
    }

    private static IEnumerable<string> AtEveryOffset(byte[] value)
    {
        for (var offset = 0; offset < 3; offset++)
        {
            var padded = new byte[offset + value.Length + 2];
            value.CopyTo(padded, offset);
            var text = Convert.ToBase64String(padded);
            // A character carries six bits; keep those whose bits all belong to the value.
            var first = (8 * offset + 5) / 6;
            var end = 8 * (offset + value.Length) / 6;
            if (end > first)
                yield return text[first..end];
        }
    }

    private static IEnumerable<string> Alphabets(string text) => [text, text.Replace('+', '-').Replace('/', '_')];

    private static IEnumerable<string> Wrapped(byte[] value)
    {
        var text = Convert.ToBase64String(value);
        return Wraps
            .Where(width => text.Length > width)
            .SelectMany(width => text.Chunk(width).Select(line => new string(line)))
            .Where(line => line.Length >= 8);
    }
}
