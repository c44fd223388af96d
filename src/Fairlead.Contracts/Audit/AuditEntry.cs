namespace Fairlead.Contracts.Audit;

/// <summary><c>GET /api/v1/audit</c>: who did what to what.</summary>
public sealed record AuditEntry(
    long Id,
    DateTimeOffset At,
    string Who,
    string What,
    string Subject,
    string Detail,
    string? Address
);

/// <summary><c>GET /api/v1/audit/verify</c>: whether the hash chain holds.</summary>
/// <param name="Good">How many entries hold, from the first.</param>
/// <param name="FirstBad">The first entry that does not, or null.</param>
/// <param name="Head">
/// The last hash, hex, when all hold. Kept elsewhere, it proves later that nothing was cut off the end.
/// </param>
public sealed record AuditVerdict(long Good, long? FirstBad, string Sentence, string? Head);
