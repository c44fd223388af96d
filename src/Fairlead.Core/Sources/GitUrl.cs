using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;

namespace Fairlead.Core.Sources;

/// <summary>
/// The parts of a repository's address, or of a base that repositories are below. Printed again from the parts: what a
/// person typed never reaches git (facts/security.md 2A, M7, M13).
/// </summary>
/// <param name="Scheme"><c>https</c>, <c>http</c> or <c>ssh</c>.</param>
/// <param name="User">The account for ssh; null for http.</param>
/// <param name="Host">Normalised; IPv6 without brackets.</param>
/// <param name="Path">Begins with a slash and does not end with one; percent-encoded.</param>
public sealed record GitUrl(string Scheme, string? User, string Host, int Port, string Path)
{
    public bool IsSsh => Scheme == "ssh";

    public bool IsPlainHttp => Scheme == "http";

    /// <summary>How a known_hosts line calls the host.</summary>
    public string KnownHostsName => Port == 22 ? Host : $"[{Host}]:{Port}";

    /// <summary>Accepts https, http and ssh addresses and the short form <c>user@host:path</c>.</summary>
    public static Outcome<GitUrl> Parse(string? text)
    {
        text = text?.Trim() ?? "";
        if (text.Length is 0 or > 2000)
            return GitUrlFailures.Missing;
        if (text[0] == '-')
            return GitUrlFailures.OptionLike;
        if (text.Any(sign => char.IsControl(sign) || char.IsWhiteSpace(sign) || sign == '\\'))
            return GitUrlFailures.Characters;
        var written = text.Contains("://", StringComparison.Ordinal) ? text : FromShortForm(text);
        if (written is null || !Uri.TryCreate(written, UriKind.Absolute, out var uri))
            return GitUrlFailures.Unreadable;
        return uri.Scheme is "https" or "http" or "ssh" ? FromUri(uri) : GitUrlFailures.Scheme;
    }

    /// <summary>The address of a repository below this one; the same rules hold for the name.</summary>
    public Outcome<GitUrl> Below(string repository)
    {
        var name = repository.Trim('/');
        return name.Length == 0 || repository.Any(sign => char.IsControl(sign) || "\\?#%: ".Contains(sign))
            ? GitUrlFailures.RepositoryName
            : Check(this with { Path = $"{Path}/{name}" });
    }

    public override string ToString()
    {
        var user = User is null ? "" : User + "@";
        var port = Port == DefaultPort(Scheme) ? "" : $":{Port}";
        return $"{Scheme}://{user}{HostName.InUrl(Host)}{port}{Path}";
    }

    private static Outcome<GitUrl> FromUri(Uri uri)
    {
        var isSsh = uri.Scheme == "ssh";
        if (uri.UserInfo.Contains(':') || (!isSsh && uri.UserInfo.Length > 0))
            return GitUrlFailures.Credentials;
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            return GitUrlFailures.Query;
        if (!HostName.TryNormalise(uri.IdnHost, out var host))
            return GitUrlFailures.Host;
        var user = isSsh && uri.UserInfo.Length > 0 ? uri.UserInfo : null;
        if (user is not null && !user.All(sign => char.IsAsciiLetterOrDigit(sign) || "._-".Contains(sign)))
            return GitUrlFailures.Host;
        var port = uri.Port < 0 ? DefaultPort(uri.Scheme) : uri.Port;
        return Check(new GitUrl(uri.Scheme, user, host, port, uri.AbsolutePath.TrimEnd('/')));
    }

    private static Outcome<GitUrl> Check(GitUrl url)
    {
        if (url.User?[0] == '-')
            return GitUrlFailures.OptionLike;
        var decoded = Uri.UnescapeDataString(url.Path);
        if (decoded.Any(sign => char.IsControl(sign) || sign is '\\' or '\'' or '"' or '`'))
            return GitUrlFailures.Characters;
        return decoded.Split('/').Skip(1).Any(part => part is "" or "." or ".." || part[0] == '-')
            ? GitUrlFailures.Path
            : url;
    }

    private static string? FromShortForm(string text)
    {
        var colon = text.IndexOf(':');
        var slash = text.IndexOf('/');
        if (colon < 1 || text[colon..].StartsWith("::") || (slash >= 0 && slash < colon) || !text.Contains('@'))
            return null;
        return $"ssh://{text[..colon]}/{text[(colon + 1)..].TrimStart('/')}";
    }

    private static int DefaultPort(string scheme) =>
        scheme switch
        {
            "https" => 443,
            "http" => 80,
            _ => 22,
        };
}
