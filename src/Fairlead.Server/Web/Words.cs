using System.Globalization;
using Fairlead.Core.Connections;
using Fairlead.Core.Sources;
using Fairlead.Server.Web.Parts;

namespace Fairlead.Server.Web;

/// <summary>How the console says times, sizes and states to people.</summary>
internal static class Words
{
    /// <summary>The absolute time, shown on hover.</summary>
    public static string Exact(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>"2 min ago", "in 3 days"; rounded down, so that it never promises more than there is.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now)
    {
        var distance = now - at;
        var text = Span(distance.Duration());
        return distance.Duration() < TimeSpan.FromSeconds(5) ? "just now"
            : distance > TimeSpan.Zero ? $"{text} ago"
            : $"in {text}";
    }

    private static string Span(TimeSpan span) =>
        span switch
        {
            { TotalSeconds: < 60 } => $"{(int)span.TotalSeconds} s",
            { TotalMinutes: < 60 } => $"{(int)span.TotalMinutes} min",
            { TotalHours: < 48 } => $"{(int)span.TotalHours} h",
            { TotalDays: < 61 } => $"{(int)span.TotalDays} days",
            { TotalDays: < 730 } => $"{(int)(span.TotalDays / 30.4)} months",
            _ => $"{(int)(span.TotalDays / 365.25)} years",
        };

    /// <summary>"0.3 s", "41 s", "1 m 12 s", "2 h 5 m".</summary>
    public static string Took(TimeSpan span) =>
        span switch
        {
            { TotalSeconds: < 9.95 } => span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
            { TotalSeconds: < 60 } => $"{(int)span.TotalSeconds} s",
            { TotalHours: < 1 } => $"{(int)span.TotalMinutes} m {span.Seconds} s",
            _ => $"{(int)span.TotalHours} h {span.Minutes} m",
        };

    /// <summary>Decimal units, as registries count: "3.1 MB".</summary>
    public static string Size(long bytes) =>
        bytes switch
        {
            < 1_000 => $"{bytes} B",
            < 1_000_000 => $"{bytes / 1_000.0:0} kB",
            < 1_000_000_000 => $"{bytes / 1_000_000.0:0.0} MB",
            _ => $"{bytes / 1_000_000_000.0:0.00} GB",
        };

    public static string Count(int number, string one, string many) => number == 1 ? $"1 {one}" : $"{number} {many}";

    /// <summary>Shortens an id or a digest in the middle: <c>sha256:5b1f0c…4e41</c>, <c>9f2c1ab0…d2f1</c>.</summary>
    public static string Middle(string text)
    {
        var head = text.IndexOf(':') + 8;
        return text.Length <= head + 6 || head > 20 ? text : $"{text[..head]}…{text[^4..]}";
    }

    public static string Commit(string sha) => sha.Length > 7 ? sha[..7] : sha;

    /// <summary>The branch or tag without its prefix, the pull request as <c>#7</c>.</summary>
    public static string Ref(string name) =>
        name.StartsWith("refs/heads/", StringComparison.Ordinal) ? name[11..]
        : name.StartsWith("refs/tags/", StringComparison.Ordinal) ? name[10..]
        : IsRequest(name) ? "#" + name["refs/pull/".Length..^"/head".Length]
        : name;

    public static bool IsRequest(string name) =>
        GitRef.TryParse(name, out var parsed) && parsed.Kind == RefKind.Request;

    public static string RefIcon(string name) =>
        IsTag(name) ? "tag"
        : IsRequest(name) ? "git-pull-request"
        : "git-branch";

    public static bool IsTag(string name) => name.StartsWith("refs/tags/", StringComparison.Ordinal);

    public static (Tone Tone, string Word) State(VerdictKind kind) =>
        kind switch
        {
            VerdictKind.Trusted => (Tone.Good, "trusted"),
            VerdictKind.Rejected => (Tone.Bad, "rejected"),
            VerdictKind.Unreachable => (Tone.Bad, "unreachable"),
            VerdictKind.Misconfigured => (Tone.Warn, "misconfigured"),
            _ => (Tone.Idle, "not verified"),
        };

    public static string Scope(ScopeOfUse scope) => scope.ToString().ToLowerInvariant();
}
