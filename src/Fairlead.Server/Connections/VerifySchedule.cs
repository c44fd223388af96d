using Fairlead.Core.Connections;

namespace Fairlead.Server.Connections;

/// <summary>
/// When a connection is verified again by itself. A refused login waits for a person: trying it again and again locks
/// accounts.
/// </summary>
internal static class VerifySchedule
{
    private static readonly TimeSpan Steady = TimeSpan.FromHours(6);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static readonly DateTimeOffset Never = DateTimeOffset.FromUnixTimeMilliseconds(253_370_764_800_000);

    /// <param name="failures">Verifications in a row that could not reach the other side, this one included.</param>
    public static DateTimeOffset Next(VerdictKind kind, int failures, DateTimeOffset now) =>
        kind switch
        {
            VerdictKind.Rejected => Never,
            VerdictKind.Unreachable => now + BackOff(failures),
            _ => now + Steady,
        };

    private static TimeSpan BackOff(int failures)
    {
        var wait = TimeSpan.FromMinutes(Math.Pow(2, Math.Clamp(failures - 1, 0, 10)));
        return wait < Longest ? wait : Longest;
    }
}
