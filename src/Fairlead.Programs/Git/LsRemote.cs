using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;

namespace Fairlead.Programs.Git;

/// <summary>Branches and tags of a repository as its host tells them, without cloning.</summary>
public static class LsRemote
{
    private const string Peeled = "^{}";
    private const string SymbolicHead = "ref: refs/heads/";

    /// <summary>Characters of listing accepted: some 400,000 refs. A cut list would look like deleted refs.</summary>
    private const int Limit = 32 * 1024 * 1024;

    public static async Task<Outcome<RefList>> Run(
        GitProgram git,
        GitRemote remote,
        TimeSpan timeout,
        CancellationToken cancel
    )
    {
        var call = new GitCall("ls-remote", ["--symref"])
        {
            Remote = remote,
            Operands = ["HEAD", "refs/heads/*", "refs/tags/*"],
            Timeout = timeout,
            OutputLimit = Limit,
        };
        var listing = await git.Run(call, cancel);
        return listing is { Ok: true, Value: "" } && !GitEnvironment.UrlOf(remote).IsSsh
            ? await AskAgain(git, call, cancel)
            : listing.Then(Parse);
    }

    /// <summary>
    /// Over http, git takes any short answer for the empty list of a repository that is mere files: a web page of one
    /// line would be an empty repository. A list of nothing counts only when it came in Git's own protocol.
    /// </summary>
    private static async Task<Outcome<RefList>> AskAgain(GitProgram git, GitCall call, CancellationToken cancel)
    {
        var again = await git.TryRun(call with { TracePackets = true }, cancel);
        if (!again.Try(out var result, out var failure))
            return failure;
        if (!result.Ok)
            return GitErrors.Explain(call.Remote, result.Error);
        return result.Output.Length > 0 || result.Error.Contains(" git< ", StringComparison.Ordinal)
            ? Parse(result.Output)
            : GitFailures.NotGit(GitEnvironment.UrlOf(call.Remote!));
    }

    /// <summary>
    /// Refs whose names a command line could misread are left out, as nothing here could act on them.
    /// </summary>
    internal static Outcome<RefList> Parse(string output)
    {
        if (output.Length > Limit - 4096)
            return GitFailures.TooManyRefs;
        var heads = new Dictionary<string, RefHead>();
        string? main = null;
        foreach (var line in output.Split('\n'))
        {
            var (left, name) = line.Split('\t') is [var one, var two] ? (one, two) : ("", "");
            if (name == "HEAD" && left.StartsWith(SymbolicHead, StringComparison.Ordinal))
                main = left[SymbolicHead.Length..];
            else if (Head(left, name) is { } head && (name.EndsWith(Peeled) || !heads.ContainsKey(head.Ref.Full)))
                heads[head.Ref.Full] = head;
        }
        return new RefList([.. heads.Values], main);
    }

    private static RefHead? Head(string commit, string name)
    {
        var full = name.EndsWith(Peeled, StringComparison.Ordinal) ? name[..^Peeled.Length] : name;
        return CommitSha.TryParse(commit, out var sha) && GitRef.TryParse(full, out var parsed)
            ? new RefHead(parsed, sha)
            : null;
    }
}
