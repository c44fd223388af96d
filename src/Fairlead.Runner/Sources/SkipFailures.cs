using Fairlead.Core.Outcomes;
using Fairlead.Core.Rules;

namespace Fairlead.Runner.Sources;

/// <summary>Why a push is not built after all: no faults, but what its author or the rule asked for.</summary>
internal static class SkipFailures
{
    private const string MarkedCode = "build.skipped-by-message";
    private const string UntouchedCode = "build.skipped-by-paths";

    public static readonly Failure Marked = new(
        MarkedCode,
        $"Skipped: the commit's message says {string.Join(" or ", SkipMark.All)}.",
        409
    )
    {
        Remedy = "Build it by hand when it is wanted after all.",
    };

    /// <param name="since">The commit that changes were told from, short.</param>
    public static Failure Untouched(string since) =>
        new(UntouchedCode, $"Skipped: no path of the rule changed since {since}.", 409)
        {
            Remedy = "Build it by hand when it is wanted after all.",
        };

    public static bool IsSkip(Failure failure) => failure.Code is MarkedCode or UntouchedCode;
}
