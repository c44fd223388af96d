using System.Buffers;
using System.Text;

namespace Fairlead.Core.Masking;

/// <summary>
/// Replaces every form of the secrets it knows (<see cref="SecretForms"/>) by <c>***</c>. Immutable; one pass over
/// the bytes whatever the number of secrets. A net, not a wall: secrets given to jobs are short-lived and narrow too.
/// </summary>
public sealed class SecretMasker
{
    /// <summary>Knows no secret and changes nothing.</summary>
    public static readonly SecretMasker Nothing = new([]);

    private readonly ByteAutomaton _automaton;

    /// <param name="forms">From <see cref="SecretForms.Of"/>, of all secrets together.</param>
    public SecretMasker(IEnumerable<byte[]> forms) => _automaton = new ByteAutomaton(forms);

    internal ByteAutomaton Automaton => _automaton;

    /// <summary>The text with every known form masked; the same instance when there is none.</summary>
    public string Mask(string text)
    {
        if (_automaton.IsEmpty || text.Length < SecretForms.ShortestLine)
            return text;
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            var bytes = buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer));
            if (!Touches(bytes))
                return text;
            var masked = new ArrayBufferWriter<byte>(bytes.Length);
            var stream = Stream();
            stream.Write(bytes, masked);
            stream.Finish(masked);
            return Encoding.UTF8.GetString(masked.WrittenSpan);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Masks what arrives in pieces; a form that spans pieces is found all the same.</summary>
    public MaskingStream Stream() => new(this);

    private bool Touches(ReadOnlySpan<byte> bytes)
    {
        var state = 0;
        foreach (var letter in bytes)
        {
            state = _automaton.Next(state, letter);
            if (_automaton.Match(state) > 0)
                return true;
        }
        return false;
    }
}
