using Fairlead.Emulators.Programs;

namespace Fairlead.Emulators.Git;

/// <summary>The real git, as a person with an empty home directory runs it.</summary>
public static class Git
{
    /// <summary>No configuration of this machine, a fixed author, and no questions.</summary>
    public static readonly IReadOnlyDictionary<string, string> Environment = new Dictionary<string, string>
    {
        ["HOME"] = "/nonexistent",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_COUNT"] = "1",
        ["GIT_CONFIG_KEY_0"] = "safe.directory",
        ["GIT_CONFIG_VALUE_0"] = "*",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_AUTHOR_NAME"] = "Ada",
        ["GIT_AUTHOR_EMAIL"] = "ada@example.org",
        ["GIT_COMMITTER_NAME"] = "Ada",
        ["GIT_COMMITTER_EMAIL"] = "ada@example.org",
        ["LC_ALL"] = "C.UTF-8",
    };

    public static Task<string> Run(string directory, params string[] arguments) =>
        Tool.Run("git", arguments, directory, Environment);
}
