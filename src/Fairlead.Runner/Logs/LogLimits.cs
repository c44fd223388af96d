namespace Fairlead.Runner.Logs;

/// <summary>How much of a build's output is kept.</summary>
/// <param name="Line">Characters of one line.</param>
/// <param name="Total">Bytes of the whole log; what comes after is dropped, but for its end.</param>
/// <param name="Tail">Lines kept of what was dropped, because errors stand at the end.</param>
internal sealed record LogLimits(int Line, int Total, int Tail)
{
    public static readonly LogLimits Default = new(8 * 1024, 16 * 1024 * 1024, 200);
}
