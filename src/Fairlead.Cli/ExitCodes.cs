using Fairlead.Contracts;

namespace Fairlead.Cli;

/// <summary>What the exit code says; documented in docs/cli.md and kept stable.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The server refused, or what was watched ended badly.</summary>
    public const int Failed = 1;

    /// <summary>The command line could not be read.</summary>
    public const int Usage = 2;

    /// <summary>No valid token: sign in first.</summary>
    public const int NotSignedIn = 3;

    /// <summary>Signed in, and not allowed.</summary>
    public const int NotAllowed = 4;

    public const int NotFound = 5;

    /// <summary>In the way of something else: a name taken, a connection in use.</summary>
    public const int Conflict = 6;

    /// <summary>The server could not be reached, or failed itself; trying again may help.</summary>
    public const int Unavailable = 7;

    /// <summary>Asked back and not confirmed, or interrupted.</summary>
    public const int Stopped = 8;

    public static int For(Problem problem) =>
        problem.Status switch
        {
            401 => NotSignedIn,
            403 => NotAllowed,
            404 => NotFound,
            409 => Conflict,
            429 or >= 500 => Unavailable,
            _ => Failed,
        };
}
