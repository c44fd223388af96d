namespace Fairlead.Providers.GitHttp;

/// <summary>How a host speaks, from its first answer (gitprotocol-http, "Smart Server Response").</summary>
/// <param name="Version">0, 1 or 2.</param>
/// <param name="Format">
/// How the repository's objects are named, <c>sha1</c> or <c>sha256</c>; <c>any</c> where the host is not to be told.
/// </param>
/// <param name="RefsAt">Where in the answer the refs begin, in bytes; a host of version 2 shows none here.</param>
internal sealed record Discovery(int Version, string Format, int RefsAt)
{
    public const string AnyFormat = "any";

    /// <summary>Null when it is not Git that answers.</summary>
    public static Discovery? Read(ReadOnlySpan<byte> body)
    {
        var reader = new PktReader(body);
        var at = 0;
        var kind = reader.Read(out var line);
        if (line.SequenceEqual("# service=git-upload-pack"u8))
        {
            if (reader.Read(out _) != PktKind.Flush)
                return null;
            at = body.Length - reader.Left;
            kind = reader.Read(out line);
        }
        if (kind is not (PktKind.Line or PktKind.Flush))
            return null;
        if (line.SequenceEqual("version 2"u8))
            return new Discovery(2, FormatOf(ref reader), 0);
        return new Discovery(0, AnyFormat, line.SequenceEqual("version 1"u8) ? body.Length - reader.Left : at);
    }

    private static string FormatOf(ref PktReader reader)
    {
        while (reader.Read(out var line) == PktKind.Line)
            if (line.SequenceEqual("object-format=sha1"u8))
                return "sha1";
            else if (line.SequenceEqual("object-format=sha256"u8))
                return "sha256";
        return AnyFormat;
    }
}

/// <summary>What is kept of an answer: how the host spoke, so that it can be asked at once, and what it said.</summary>
/// <param name="Digest">SHA-256 of the answer, in hexadecimal digits.</param>
internal sealed record RefMark(int Version, string Format, string Digest)
{
    /// <summary>Null when there is none, or it was made otherwise.</summary>
    public static RefMark? Of(string? mark) =>
        mark?.Split(' ') is [("0" or "2") and var version, var format, var digest]
        && format is ("sha1" or "sha256" or Discovery.AnyFormat)
            ? new RefMark(version[0] - '0', format, digest)
            : null;

    public override string ToString() => $"{Version} {Format} {Digest}";
}
