namespace Fairlead.Programs;

/// <summary>One call of an outside program. Arguments are a list, the environment starts empty.</summary>
/// <param name="Program">A bare name looked up in <see cref="SearchPath"/>, or an absolute path.</param>
/// <param name="Arguments">Each reaches the program as it is; no shell sees them. Never a secret.</param>
public sealed record ProgramCall(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>The only directories programs are taken from.</summary>
    public const string SearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Characters of one line that <see cref="OnLine"/> sees; the rest of a longer one is dropped.</summary>
    public const int LongestLine = 64 * 1024;

    /// <summary>The whole environment of the child, besides PATH and a C.UTF-8 locale. Never a secret.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string? Directory { get; init; }

    /// <summary>Written to standard input, which is then closed. The way in for a secret a program must read.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>After this the program and all its children are killed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Characters of output and of error text kept; what comes after is read and dropped.</summary>
    public int OutputLimit { get; init; } = 4 * 1024 * 1024;

    /// <summary>Sees each line as it comes (output and error alike), before the call ends.</summary>
    public Action<string>? OnLine { get; init; }
}

/// <summary>How a program ended.</summary>
public sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    public bool Ok => ExitCode == 0;
}
