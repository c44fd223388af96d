using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers.CodeHosts;

namespace Fairlead.Providers.Rest;

/// <summary>The verdict that a report on privileges amounts to, in the same words for every host.</summary>
internal static class HostVerdict
{
    private static Verdict Of(PrivilegeReport report) =>
        new(VerdictKind.Trusted, Sentence(report))
        {
            Identity = report.Identity,
            Privileges = report.Granted,
            Missing = [.. report.Missing.Select(need => need.Words)],
            Excess = report.Excess,
            ExpiresAt = report.ExpiresAt,
        };

    /// <summary>A report that could not be made says why; a refused certificate comes with its proposal.</summary>
    public static Verdict Of(Outcome<PrivilegeReport> explained, RestClient rest) =>
        explained.Try(out var report, out var failure)
            ? Of(report)
            : Verdict.From(failure) with
            {
                Proposal = rest.Proposal,
            };

    /// <summary>What is missing may be known by trying even where the host does not tell what there is.</summary>
    private static string Sentence(PrivilegeReport report) =>
        report.Missing.Count > 0
            ? $"Signed in as {report.Identity}, but {string.Join(", ", report.Missing.Select(need => need.Breaks))}."
        : !report.HostTells ? $"Signed in as {report.Identity}; the host does not tell what this credential may do."
        : $"Signed in as {report.Identity}.";
}
