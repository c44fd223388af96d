using System.Globalization;
using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;

namespace Fairlead.Runner.Images;

/// <summary>
/// What docker's last error line means. First match counts; the forms are those of docker 20.10 and of buildx 0.10
/// and later.
/// </summary>
internal static partial class BuildKitWords
{
    public static Failure Explain(BuildKitOutput output, ImageBuild build)
    {
        var (error, step) = (output.LastError, output.FailedStep);
        if (error.Contains("no space left on device", StringComparison.Ordinal))
            return BuildFailures.DiskFull("build");
        if (ParseError().Match(error) is { Success: true } parse)
            return BuildFailures.Syntax(
                int.Parse(parse.Groups["line"].Value, CultureInfo.InvariantCulture),
                parse.Groups["words"].Value
            );
        if (output.Foreign && build.Platform is { } platform)
            return BuildFailures.NoEmulation(step ?? "RUN", platform);
        if (Exit().Match(error) is { Success: true } exit)
            return BuildFailures.Step(
                step ?? "RUN",
                int.Parse(exit.Groups["code"].Value, CultureInfo.InvariantCulture)
            );
        if (error.Contains("failed to read dockerfile", StringComparison.Ordinal))
            return BuildFailures.NoDockerfile(Path.Combine(build.Directory, build.Dockerfile));
        if (Empty().Match(error) is { Success: true } empty)
            return BuildFailures.Syntax(null, empty.Value);
        if (Missing().Match(error) is { Success: true } missing)
            return BuildFailures.CopyMissing(missing.Groups["path"].Value.TrimStart('/'));
        if (Stage().Match(error) is { Success: true } stage)
            return BuildFailures.StageMissing(stage.Groups["name"].Value);
        return Base(error, output.FailedBase) ?? Engine(error) ?? BuildFailures.Other(Tail(error));
    }

    /// <summary>Why an image that was built could not be taken out of the daemon.</summary>
    public static Failure NotSaved(string error) =>
        error.Contains("no space left on device", StringComparison.Ordinal) ? BuildFailures.DiskFull("push")
        : Gone().IsMatch(error) ? BuildFailures.EngineGone("push")
        : BuildFailures.ImageGone;

    private static Failure? Base(string error, string? failed)
    {
        var asked = Request().Match(error);
        var image = asked.Success
            ? $"{asked.Groups["host"].Value}/{asked.Groups["name"].Value}:{asked.Groups["tag"].Value}"
            : failed;
        if (image is null)
            return null;
        if (Denied().IsMatch(error))
            return BuildFailures.BaseDenied(image);
        if (RegistryFaults.OfWords(error) is { } fault)
            return RegistryFaults.Base(fault, image);
        if (asked.Success)
            return BuildFailures.BaseUnreachable(image);
        return error.EndsWith("not found", StringComparison.Ordinal) ? BuildFailures.BaseMissing(image) : null;
    }

    private static Failure? Engine(string error) => Gone().IsMatch(error) ? BuildFailures.EngineGone("build") : null;

    /// <summary>The innermost cause; what stands before it names stages of the engine, not of the build.</summary>
    private static string Tail(string error)
    {
        var words = Wrapping().Replace(error, "").Trim().TrimEnd('.');
        return words.Length == 0 ? "the engine gave no reason"
            : words.Length <= 300 ? words
            : words[..300];
    }

    [GeneratedRegex(@"dockerfile parse error (on )?line (?<line>[0-9]+): (?<words>.+)\z", RegexOptions.IgnoreCase)]
    private static partial Regex ParseError();

    [GeneratedRegex(@"exit code: (?<code>[0-9]+)\z")]
    private static partial Regex Exit();

    [GeneratedRegex(@"the Dockerfile cannot be empty|no build stage in current context|file with no instructions")]
    private static partial Regex Empty();

    [GeneratedRegex(
        @"failed to (compute|calculate) .*: ""?(?<path>/[^""]*)""?:? not found"
            + "|failed to walk .*/buildkit-mount[0-9]+(?<path>/[^ :]*): no such file"
    )]
    private static partial Regex Missing();

    [GeneratedRegex(@"target stage ""?(?<name>[^"" ]+)""? could not be found")]
    private static partial Regex Stage();

    [GeneratedRegex(@"(Head|Get) ""?https?://(?<host>[^/]+)/v2/(?<name>[^"" ]+)/manifests/(?<tag>[^"" ]+?)""?:")]
    private static partial Regex Request();

    [GeneratedRegex(
        @"denied|insufficient_scope|authorization failed|unauthorized|401 Unauthorized|403 Forbidden",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Denied();

    [GeneratedRegex(
        @"[Cc]annot connect to the Docker daemon|error during connect|transport is closing"
            + "|code = Unavailable|error reading from server|unexpected EOF"
    )]
    private static partial Regex Gone();

    [GeneratedRegex(
        @"\A(ERROR: |failed to solve( with frontend [\w.]+)?: |failed to create LLB definition: "
            + @"|failed to (load|compute) cache key: |rpc error: code = \w+ desc = )+"
    )]
    private static partial Regex Wrapping();
}
