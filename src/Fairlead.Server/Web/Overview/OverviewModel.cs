using Fairlead.Contracts.Builds;
using Fairlead.Server.Web.Parts;

namespace Fairlead.Server.Web.Overview;

/// <summary>What the first page shows: is it well, what is happening, what was built.</summary>
public sealed record OverviewModel(
    IReadOnlyList<Concern> Concerns,
    IReadOnlyList<UnderWay> Running,
    int Waiting,
    Week Week,
    IReadOnlyList<BuildInfo> Recent,
    bool HasConnections,
    bool HasImages
);

/// <summary>Something that will not mend itself.</summary>
/// <param name="Subject">What it is about; links to <paramref name="Href"/>.</param>
public sealed record Concern(Tone Tone, string Subject, string Href, string Sentence, DateTimeOffset? Since);

/// <param name="Usually">How long builds of its rule usually take; null when there is nothing to go by.</param>
public sealed record UnderWay(BuildInfo Build, TimeSpan? Usually);

/// <summary>Seven days in half days, oldest first.</summary>
public sealed record Week(IReadOnlyList<(int Good, int Bad)> Bars, int Retagged, TimeSpan? Median)
{
    public int Good => Bars.Sum(bar => bar.Good);
    public int Total => Bars.Sum(bar => bar.Good + bar.Bad);
}
