namespace Fairlead.Cli.Output;

/// <summary>Times, sizes and digests as people say them.</summary>
internal static class Words
{
    public static string Ago(DateTimeOffset? moment, TimeProvider time)
    {
        if (moment is not { } then)
            return "never";
        var past = time.GetUtcNow() - then;
        return past switch
        {
            _ when past < TimeSpan.Zero => "in " + Span(-past),
            { TotalSeconds: < 5 } => "now",
            _ => Span(past) + " ago",
        };
    }

    public static string Span(TimeSpan span) =>
        span switch
        {
            { TotalSeconds: < 10 } => $"{span.TotalSeconds:0.0} s",
            { TotalSeconds: < 90 } => $"{span.TotalSeconds:0} s",
            { TotalMinutes: < 90 } => $"{span.TotalMinutes:0} min",
            { TotalHours: < 36 } => $"{span.TotalHours:0} h",
            _ => $"{span.TotalDays:0} days",
        };

    public static string Size(long bytes) =>
        bytes switch
        {
            < 1000 => $"{bytes} B",
            < 1_000_000 => $"{bytes / 1e3:0.0} kB",
            < 1_000_000_000 => $"{bytes / 1e6:0.0} MB",
            _ => $"{bytes / 1e9:0.00} GB",
        };

    /// <summary>A stranger's text, such as a file's name, without what a terminal would take for a command.</summary>
    public static string Plain(string text) =>
        string.Concat(text.Select(sign => char.IsControl(sign) ? '\uFFFD' : sign));

    /// <summary><c>sha256:</c> and twelve digits: enough to tell images apart by eye.</summary>
    public static string Digest(string? digest) => digest is { Length: > 19 } ? digest[..19] : digest ?? "";
}
