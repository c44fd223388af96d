namespace Fairlead.Runner.Steps;

/// <summary>What the job is doing, and how long it took over what it did.</summary>
internal sealed class Phases(TimeProvider time)
{
    public const string Source = "source";
    public const string Build = "build";
    public const string Push = "push";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _durations = [];
    private long _since = time.GetTimestamp();

    public string Current { get; private set; } = Source;

    public void Enter(string phase)
    {
        lock (_gate)
        {
            Count();
            Current = phase;
        }
    }

    /// <summary>Milliseconds per phase until now.</summary>
    public IReadOnlyDictionary<string, long> Durations()
    {
        lock (_gate)
        {
            Count();
            return new Dictionary<string, long>(_durations);
        }
    }

    private void Count()
    {
        var now = time.GetTimestamp();
        var spent = (long)time.GetElapsedTime(_since, now).TotalMilliseconds;
        _durations[Current] = _durations.GetValueOrDefault(Current) + spent;
        _since = now;
    }
}
