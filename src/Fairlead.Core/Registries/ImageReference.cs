namespace Fairlead.Core.Registries;

/// <summary>An image reference as FROM lines have it, with what is left unsaid filled in.</summary>
/// <param name="Host">Host and port; <c>docker.io</c> when the text names none.</param>
/// <param name="Repository"><c>library/alpine</c> for <c>alpine</c> there.</param>
/// <param name="Tag"><c>latest</c> when the text names neither tag nor digest.</param>
/// <param name="Digest"><c>sha256:...</c>, or null.</param>
public sealed record ImageReference(string Host, string Repository, string Tag, string? Digest)
{
    public const string Hub = "docker.io";

    /// <summary>Null when it is none.</summary>
    public static ImageReference? Parse(string text)
    {
        var at = text.IndexOf('@');
        var digest = at < 0 ? null : text[(at + 1)..];
        var rest = at < 0 ? text : text[..at];
        var colon = rest.LastIndexOf(':');
        var tag = colon > rest.LastIndexOf('/') ? rest[(colon + 1)..] : "latest";
        var name = colon > rest.LastIndexOf('/') ? rest[..colon] : rest;
        var slash = name.IndexOf('/');
        var first = slash < 0 ? "" : name[..slash];
        var hosted = first.Contains('.') || first.Contains(':') || first == "localhost";
        var (host, repository) = hosted ? (first, name[(slash + 1)..]) : (Hub, slash < 0 ? "library/" + name : name);
        return repository.Length == 0 || tag.Length == 0 || digest is not null && !IsDigest(digest)
            ? null
            : new ImageReference(host, repository, tag, digest);
    }

    public static bool IsDigest(string? text) =>
        text is { Length: 71 }
        && text.StartsWith("sha256:", StringComparison.Ordinal)
        && text.AsSpan(7).IndexOfAnyExcept("0123456789abcdef") < 0;
}
