using Fairlead.Core.Connections;
using Fairlead.Core.Providers.CodeHosts;

namespace Fairlead.Providers.Rest;

/// <summary>The verdict that a report on privileges amounts to, in the same words for every host.</summary>
internal static class HostVerdict
{
    public static Verdict Of(PrivilegeReport report) =>
        new(VerdictKind.Trusted, Sentence(report))
        {
            Identity = report.Identity,
            Privileges = report.Granted,
            Missing = [.. report.Missing.Select(need => need.Words)],
            Excess = report.Excess,
            ExpiresAt = report.ExpiresAt,
        };

    private static string Sentence(PrivilegeReport report) =>
        !report.HostTells ? $"Signed in as {report.Identity}; the host does not tell what this credential may do."
        : report.Missing.Count > 0
            ? $"Signed in as {report.Identity}, but {string.Join(", ", report.Missing.Select(need => need.Breaks))}."
        : $"Signed in as {report.Identity}.";
}
