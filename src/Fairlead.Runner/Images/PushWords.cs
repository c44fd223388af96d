using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;

namespace Fairlead.Runner.Images;

/// <summary>What the error text of a failed push means, docker's or skopeo's.</summary>
internal static partial class PushWords
{
    public static Failure Explain(string error, PushTarget target)
    {
        if (error.Contains("no space left on device", StringComparison.Ordinal))
            return BuildFailures.DiskFull("push");
        if (RegistryFaults.OfWords(error) is { } fault)
            return RegistryFaults.Push(fault, target.Registry);
        if (Denied().IsMatch(error))
            return BuildFailures.PushDenied($"{target.Registry}/{target.Repository}");
        if (Unreachable().IsMatch(error))
            return BuildFailures.PushUnreachable(target.Registry);
        if (error.Contains("the Docker daemon", StringComparison.Ordinal))
            return BuildFailures.EngineGone("push");
        var last = error
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .LastOrDefault("it gave no reason")
            .TrimEnd('.');
        return BuildFailures.PushOther(last.Length <= 300 ? last : last[..300]);
    }

    [GeneratedRegex(
        @"denied|unauthorized|authentication required|no basic auth credentials|401 Unauthorized|403 Forbidden",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Denied();

    [GeneratedRegex(
        @"connection refused|no such host|i/o timeout|connection reset|no route to host|network is unreachable"
    )]
    private static partial Regex Unreachable();
}
