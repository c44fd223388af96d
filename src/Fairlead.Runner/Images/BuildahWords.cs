using System.Globalization;
using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;

namespace Fairlead.Runner.Images;

/// <summary>What buildah's last error line means; the forms are those of buildah 1.28.</summary>
internal static partial class BuildahWords
{
    /// <summary>A shell's word for a program that got signal 9.</summary>
    private const int KilledCode = 137;

    public static Failure Explain(BuildahOutput output, ImageBuild build, string dockerfile)
    {
        var error = output.LastError;
        if (error == BuildahOutput.NoSpace)
            return BuildFailures.DiskFull("build");
        if (output.Foreign && build.Platform is { } platform)
            return BuildFailures.NoEmulation(output.LastStep ?? "RUN", platform);
        if (Exit().Match(error) is { Success: true } exit && output.LastStep is { } step)
            return BuildFailures.Step(step, output.Killed ? KilledCode : Number(exit.Groups["code"].Value));
        if (Unknown().Match(error) is { Success: true } unknown)
            return BuildFailures.Syntax(
                LineOf(dockerfile, unknown.Groups["word"].Value),
                $"unknown instruction: {unknown.Groups["word"].Value}"
            );
        if (error.Contains("no contents in", StringComparison.Ordinal))
            return BuildFailures.Syntax(null, "it is empty");
        if (ParseError().Match(error) is { Success: true } parse)
            return BuildFailures.Syntax(
                parse.Groups["line"].Success ? Number(parse.Groups["line"].Value) : null,
                parse.Groups["words"].Value
            );
        if (Missing().Match(error) is { Success: true } missing)
            return BuildFailures.CopyMissing(missing.Groups["path"].Value.TrimStart('/'));
        return Base(error, output.LastBase) ?? BuildFailures.Other(Tail(error));
    }

    /// <summary>Why a base image could not be had, or null when the words do not say.</summary>
    public static Failure? Base(string error, string? image)
    {
        if (image is null || !error.Contains("docker://", StringComparison.Ordinal))
            return null;
        if (RegistryFaults.OfWords(error) is { } fault)
            return RegistryFaults.Base(fault, image);
        // Sent to a token service it cannot reach: the registry asked for a login nobody gave us.
        if (error.Contains("scope=repository", StringComparison.Ordinal))
            return BuildFailures.BaseDenied(image);
        if (Unreachable().IsMatch(error))
            return BuildFailures.BaseUnreachable(image);
        if (Denied().IsMatch(error))
            return BuildFailures.BaseDenied(image);
        return Gone().IsMatch(error) ? BuildFailures.BaseMissing(image) : null;
    }

    private static int? LineOf(string dockerfile, string word)
    {
        var lines = File.ReadLines(dockerfile).ToList();
        var found = lines.FindIndex(line => line.TrimStart().StartsWith(word, StringComparison.OrdinalIgnoreCase));
        return found < 0 ? null : found + 1;
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static string Tail(string error)
    {
        var words = Wrapping().Replace(error, "").Trim().TrimEnd('.');
        return words.Length == 0 ? "the engine gave no reason"
            : words.Length <= 300 ? words
            : words[..300];
    }

    [GeneratedRegex(@"exit status (?<code>[0-9]+)\z")]
    private static partial Regex Exit();

    [GeneratedRegex(@"Unknown instruction: ""(?<word>\w+)""")]
    private static partial Regex Unknown();

    [GeneratedRegex(
        @"parse error (on )?line (?<line>[0-9]+): (?<words>.+)\z"
            + "|(?<words>no FROM statement found|file with no instructions)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex ParseError();

    [GeneratedRegex(@"copier: stat: \[?""(?<path>[^""]*)""\]?: no such file")]
    private static partial Regex Missing();

    [GeneratedRegex(@"connection refused|no such host|i/o timeout|network is unreachable|no route to host")]
    private static partial Regex Unreachable();

    [GeneratedRegex(@"unauthorized|authentication required|denied|invalid username/password", RegexOptions.IgnoreCase)]
    private static partial Regex Denied();

    [GeneratedRegex(@"manifest unknown|name unknown|not found")]
    private static partial Regex Gone();

    [GeneratedRegex(@"\AError: (building at STEP ""[^""]*"": |creating build container: )?")]
    private static partial Regex Wrapping();
}
