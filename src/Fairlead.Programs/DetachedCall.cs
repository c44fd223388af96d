namespace Fairlead.Programs;

/// <summary>A program that is started now and outlives whoever started it, even by <c>kill -9</c>.</summary>
/// <param name="Program">A bare name looked up in <see cref="ProgramCall.SearchPath"/>, or an absolute path.</param>
/// <param name="ProcessFile">Where its process id is written, so that a later process finds it again.</param>
/// <param name="LogFile">Where its output goes (appended).</param>
public sealed record DetachedCall(string Program, IReadOnlyList<string> Arguments, string ProcessFile, string LogFile)
{
    /// <summary>The whole environment of the child, besides PATH and a C.UTF-8 locale. Never a secret.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string? Directory { get; init; }

    /// <summary>
    /// At most 64 KiB of standard input, complete before the program starts: the way in for a secret. It is in the
    /// kernel's hands then, so the program can still read it after its starter's death.
    /// </summary>
    public ReadOnlyMemory<byte> Input { get; init; }
}
