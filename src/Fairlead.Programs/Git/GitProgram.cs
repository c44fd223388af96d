using Fairlead.Core.Outcomes;

namespace Fairlead.Programs.Git;

/// <summary>
/// The only way Fairlead calls git. Whoever calls it cannot leave out a safeguard: environment, protocols, redirects,
/// host keys, authorities, credential and address pin are set here for every call.
/// </summary>
/// <param name="secrets">A directory on tmpfs for credential files; the machine's shared memory when null.</param>
public sealed class GitProgram(ProgramRunner programs, string? secrets = null)
{
    private readonly string _secrets = secrets ?? PrivateDirectory.SharedMemory;

    /// <summary>Runs git; when it fails, says why in a sentence and never in git's own words.</summary>
    /// <returns>What git wrote to standard output.</returns>
    public async Task<Outcome<string>> Run(GitCall call, CancellationToken cancel)
    {
        if (!(await TryRun(call, cancel)).Try(out var result, out var failure))
            return failure;
        return result.Ok ? result.Output : GitErrors.Explain(call.Remote, result.Error);
    }

    /// <summary>
    /// Runs git and leaves its exit code and error text to the caller, who must not show the text as it is.
    /// </summary>
    public async Task<Outcome<ProgramResult>> TryRun(GitCall call, CancellationToken cancel)
    {
        using var files = call.Remote is { } remote ? GitFiles.For(remote, _secrets) : null;
        var outcome = await programs.Run(
            new ProgramCall("git", Arguments(call))
            {
                Environment = GitEnvironment.For(call, files),
                Directory = call.Directory,
                Timeout = call.Timeout,
                OutputLimit = call.OutputLimit,
                OnLine = call.OnLine,
                Input = call.Input,
            },
            cancel
        );
        return outcome.Failure?.Code == ProgramFailures.TimedOutCode && call.Remote is not null
            ? GitErrors.TimedOut(call.Remote)
            : outcome;
    }

    private static List<string> Arguments(GitCall call)
    {
        var arguments = new List<string>();
        if (call.GitDirectory is { } directory)
            arguments.Add($"--git-dir={directory}");
        arguments.Add(call.Command);
        arguments.AddRange(call.Options);
        if (call.Remote is { } remote)
            arguments.AddRange(["--", GitEnvironment.UrlOf(remote).ToString(), .. call.Operands]);
        else if (call.Operands.Count > 0)
            throw new ArgumentException("Operands stand behind an address; without one they are options.");
        return arguments;
    }
}
