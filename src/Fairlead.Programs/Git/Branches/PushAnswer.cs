using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;

namespace Fairlead.Programs.Git.Branches;

/// <summary>
/// What became of a push of one ref, from <c>git push --porcelain</c>: a line of flag, ref and summary in brackets, and
/// the host's own words on standard error, of which only some are known and none is shown.
/// </summary>
public static class PushAnswer
{
    /// <summary>The ref was another than the lease said: seen by us, or by the host when it took the lock.</summary>
    private static readonly string[] Races =
    [
        "[rejected]",
        "cannot lock ref",
        "failed to update ref",
        "failed to lock",
        "reference already exists",
        "incorrect old value",
        "unable to resolve reference",
    ];

    /// <summary>In the summary, or in what the host says beside it.</summary>
    private static readonly string[] Protections =
    [
        "protected branch",
        "GH006",
        "GH013",
        "protected ref",
        "branch is protected",
        "Permission denied to update branch",
        "branch permission",
    ];

    private static readonly string[] ReadOnly = ["read-only", "read only", "not allowed to push", "write access"];

    /// <param name="branch">What was pushed to; the failure names it.</param>
    public static Outcome<Done> Read(GitRef branch, GitRemote remote, ProgramResult result)
    {
        if (result.Ok)
            return Done.It;
        var host = GitEnvironment.UrlOf(remote).Host;
        if (Line(result.Output) is { } summary)
            return Says(summary, Races) ? BranchFailures.Moved(branch)
                : Says(summary + result.Error, Protections) ? BranchFailures.Protected(branch, host)
                : BranchFailures.Refused(branch, host);
        var failure = GitErrors.Explain(remote, result.Error);
        // It was just read with the same credential: what is refused now is the writing.
        return
            failure.Code is "git.login-refused" or "git.login-needed" or "git.forbidden" or "git.repository-not-found"
            || Says(result.Error, ReadOnly)
            ? BranchFailures.ReadOnly(host)
            : failure;
    }

    /// <summary>The summary of the ref that was not changed.</summary>
    private static string? Line(string output) =>
        output
            .Split('\n')
            .Where(line => line.StartsWith('!'))
            .Select(line => line.Split('\t') is [_, _, var summary] ? summary : "")
            .FirstOrDefault();

    private static bool Says(string text, string[] words) =>
        words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
