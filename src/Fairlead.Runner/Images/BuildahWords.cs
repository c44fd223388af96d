using Fairlead.Core.Outcomes;

namespace Fairlead.Runner.Images;

internal static class BuildahWords
{
    public static Failure Explain(BuildahOutput output, ImageBuild build) => BuildFailures.Other(output.LastError);
}
