using Fairlead.Emulators.Programs;

namespace Fairlead.Tests.Support.Proof;

/// <summary>
/// A runner program that writes down the job token it is given before the real one starts in its place: nobody else
/// ever holds that token.
/// </summary>
internal sealed class TokenTap : IDisposable
{
    private readonly TempDir _directory = new();

    public string Program => _directory["fairlead-runner"];

    public IReadOnlyList<string> Tokens =>
        [.. Directory.EnumerateFiles(_directory["tokens"]).Select(file => File.ReadAllText(file).Trim())];

    public static async Task<TokenTap> Make()
    {
        var tap = new TokenTap();
        await Tool.Run("cp", ["-r", "--", BuiltPrograms.DirectoryOf("Fairlead.Runner"), tap._directory["real"]]);
        tap._directory.Write(
            "fairlead-runner",
            $"""
            #!/bin/sh
            umask 077
            kept=$(mktemp '{tap._directory.Sub("tokens")}/XXXXXXXX')
            head -n 1 >"$kept"
            exec '{tap._directory["real"]}/fairlead-runner' "$@" <"$kept"

            """
        );
        await Tool.Run("chmod", ["-R", "a+rX", tap._directory]);
        await Tool.Run("chmod", ["a+x", tap.Program]);
        await Tool.Run("chmod", ["1777", tap._directory["tokens"]]);
        return tap;
    }

    public void Dispose() => _directory.Dispose();
}
