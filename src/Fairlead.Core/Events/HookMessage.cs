using System.Text.Json;
using Fairlead.Core.Outcomes;

namespace Fairlead.Core.Events;

/// <summary>
/// The body of the generic hook, read: <c>{"ref", "before", "after"}</c>, anything else in it is passed over, so the
/// push payloads of the well-known hosts are understood as they are. Empty means "look for yourself".
/// </summary>
/// <param name="Ref">As the sender wrote it; null when the body names none.</param>
/// <param name="IsBare">Nothing was said at all: an empty body or <c>{}</c>.</param>
public sealed record HookMessage(string? Ref, string? Before, string? After, bool IsBare)
{
    private static readonly HookMessage Bare = new(null, null, null, true);

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 64 };

    /// <summary>Never throws, whatever the bytes are.</summary>
    public static Outcome<HookMessage> Read(ReadOnlySpan<byte> body)
    {
        body = WithoutMark(body);
        if (body.IndexOfAnyExcept(" \t\r\n"u8) < 0)
            return Bare;
        try
        {
            return ReadObject(body);
        }
        catch (JsonException)
        {
            return HookFailures.NotJson;
        }
    }

    private static Outcome<HookMessage> ReadObject(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, Strict);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return HookFailures.NotAnObject;

        var found = new string?[Names.Length];
        var seen = 0;
        var properties = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            properties++;
            var which = Which(ref reader);
            reader.Read();
            if (which < 0)
            {
                reader.Skip();
                continue;
            }
            if ((seen & (1 << which)) != 0)
                return HookFailures.Twice(Names[which]);
            seen |= 1 << which;
            if (reader.TokenType == JsonTokenType.Null)
                continue;
            if (reader.TokenType != JsonTokenType.String || !TryText(ref reader, out found[which]))
                return HookFailures.NotText(Names[which]);
        }
        // One token more than the object is an error the reader finds.
        reader.Read();
        return properties == 0 ? Bare : new HookMessage(found[0], found[1], found[2], false);
    }

    private static readonly string[] Names = ["ref", "before", "after"];

    private static int Which(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < Names.Length; i++)
            if (reader.ValueTextEquals(Names[i]))
                return i;
        return -1;
    }

    /// <summary>A lone surrogate or bytes that are not UTF-8 have no text (facts/security.md M27).</summary>
    private static bool TryText(ref Utf8JsonReader reader, out string? text)
    {
        text = null;
        try
        {
            text = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) =>
        body.StartsWith("\uFEFF"u8) ? body[3..] : body;
}
