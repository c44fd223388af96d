using System.Diagnostics;

namespace Fairlead.Tests.Support;

/// <summary>Waits for something to become true, never for time to pass.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    /// <param name="what">Ends the sentence "it did not come true that ...".</param>
    public static Task True(string what, Func<bool> condition, TimeSpan? within = null) =>
        True(what, () => Task.FromResult(condition()), within);

    public static async Task True(string what, Func<Task<bool>> condition, TimeSpan? within = null) =>
        await Value(what, async () => await condition() ? "" : null, within);

    /// <summary>The first answer that is not null.</summary>
    /// <param name="last">Adds the state of things to the message when time is up.</param>
    public static async Task<T> Value<T>(
        string what,
        Func<Task<T?>> ask,
        TimeSpan? within = null,
        Func<string>? last = null
    )
        where T : class
    {
        var limit = within ?? TimeSpan.FromSeconds(10);
        var watch = Stopwatch.StartNew();
        while (await ask() is var answer)
        {
            if (answer is not null)
                return answer;
            if (watch.Elapsed > limit)
                break;
            await Task.Delay(Pace);
        }
        throw new TimeoutException($"In {limit.TotalSeconds:0.#} s it did not come true that {what}. {last?.Invoke()}");
    }
}
