namespace Fairlead.Runner.Talk;

/// <summary>How long to wait before trying again: 100 ms doubling to 5 s, a quarter of it by chance.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private TimeSpan _next = TimeSpan.FromMilliseconds(100);

    public TimeSpan Next()
    {
        var wait = _next;
        _next = TimeSpan.FromTicks(Math.Min(_next.Ticks * 2, Longest.Ticks));
        return wait * (0.75 + Random.Shared.NextDouble() / 4);
    }
}
