using System.Collections.Concurrent;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Crash;

/// <summary>
/// Senders that do what code hosts do at their best: each delivery is sent until it is acknowledged, and every third
/// once more after that. Meanwhile the server is killed at the moment of an acknowledgement.
/// </summary>
internal sealed class HookStorm(ServerProcess server, BoundSource source, int deliveries)
{
    private const int Senders = 4;

    private readonly ConcurrentQueue<int> _todo = new(Enumerable.Range(1, deliveries));
    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private readonly Random _random = new(7);
    private volatile TaskCompletionSource _up = Done();
    private volatile TaskCompletionSource _kill = new();
    private int _untilKill = int.MaxValue;

    /// <summary>The keys of all deliveries that were answered with a 2xx.</summary>
    public IReadOnlyCollection<string> Acknowledged => _acknowledged.Keys.ToList();

    /// <summary>How often the server was killed.</summary>
    public int Kills { get; private set; }

    public async Task Run(int kills)
    {
        var senders = Enumerable.Range(0, Senders).Select(_ => Task.Run(Send)).ToList();
        var all = Task.WhenAll(senders);
        for (var i = 0; i < kills && !_todo.IsEmpty; i++)
        {
            _kill = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _untilKill, _random.Next(1, Math.Max(2, deliveries / kills)));
            await Task.WhenAny(_kill.Task, all);
            _up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await server.Kill();
            Kills++;
            await server.Start();
            _up.SetResult();
        }
        await all;
    }

    private async Task Send()
    {
        while (_todo.TryDequeue(out var number))
        {
            await UntilAcknowledged(number);
            if (number % 3 == 0)
                await UntilAcknowledged(number);
        }
    }

    private async Task UntilAcknowledged(int number)
    {
        while (true)
        {
            await _up.Task;
            try
            {
                var answer = await source.Push(
                    server.Client,
                    $"branch-{number}",
                    Commits.None,
                    Commits.Number(number),
                    $"{number}"
                );
                if (!answer.IsSuccessStatusCode)
                    continue;
                _acknowledged[$"id:{number}"] = true;
                if (Interlocked.Decrement(ref _untilKill) == 0)
                    _kill.TrySetResult();
                return;
            }
            catch (HttpRequestException)
            {
                await Answers();
            }
        }
    }

    /// <summary>Killed, or not yet up again, or the connection is one to the server before.</summary>
    private Task Answers() =>
        Eventually.True(
            "the server answers again",
            async () =>
            {
                await _up.Task;
                try
                {
                    return (await server.Client.GetAsync("health/live")).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(60)
        );

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
