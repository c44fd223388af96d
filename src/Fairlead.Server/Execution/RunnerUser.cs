namespace Fairlead.Server.Execution;

/// <summary>The unprivileged user that runners are when the server is root.</summary>
internal static class RunnerUser
{
    public const string Name = "fairlead-runner";

    /// <summary>The server is root and the user has been made; otherwise runners are who the server is.</summary>
    public static bool Exists { get; } =
        Environment.IsPrivilegedProcess
        && File.ReadLines("/etc/passwd").Any(line => line.StartsWith(Name + ":", StringComparison.Ordinal));

    /// <summary>The command that becomes the runner's user for good: no privileges, no way to gain any.</summary>
    public static (string Program, IReadOnlyList<string> Arguments) Become(
        string program,
        IReadOnlyList<string> arguments
    ) =>
        Exists
            ? (
                "setpriv",
                [
                    $"--reuid={Name}",
                    $"--regid={Name}",
                    "--init-groups",
                    "--no-new-privs",
                    "--bounding-set=-all",
                    "--inh-caps=-all",
                    "--",
                    program,
                    .. arguments,
                ]
            )
            : (program, arguments);
}
