using Fairlead.Runner.Talk;

namespace Fairlead.Runner;

/// <summary>How a runner is started: <c>fairlead-runner --server ADDRESS --job ID</c>.</summary>
/// <param name="Server"><c>unix:/path/jobs.sock</c> or an http(s) address.</param>
/// <param name="Job">The build's number, to be told apart in the process list.</param>
internal sealed record RunnerArguments(string Server, string Job)
{
    public const string Usage =
        "usage: fairlead-runner --server unix:/path/jobs.sock|http(s)://host:port --job ID  (job token on stdin)";

    /// <summary>Null when they are not as the usage line says.</summary>
    public static RunnerArguments? Parse(IReadOnlyList<string> args) =>
        args is ["--server", var server, "--job", var job] && JobAddress.IsValid(server) && job.All(char.IsAsciiDigit)
            ? new RunnerArguments(server, job)
            : null;
}
