using System.Collections.Concurrent;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;
using Fairlead.Server.Execution;
using Fairlead.Server.Execution.Engines;

namespace Fairlead.Tests.Support;

/// <summary>A machine whose runners are played by the test.</summary>
internal sealed class FakeExecutor : IExecutor
{
    private readonly ConcurrentDictionary<JobId, string> _alive = new();
    private readonly ConcurrentDictionary<JobId, int> _known = new();

    /// <summary>What keeps the machine from building; null for nothing.</summary>
    public Failure? Obstacle { get; set; }

    public IReadOnlyCollection<JobId> Alive => _alive.Keys.ToList();

    /// <summary>The slot of each job ever prepared.</summary>
    public ConcurrentDictionary<JobId, int> Slots { get; } = new();

    public string Token(JobId job) => _alive[job];

    /// <summary>Its process is gone, without a word.</summary>
    public void Vanish(JobId job) => _alive.TryRemove(job, out _);

    public Task<Outcome<JobPlace>> Prepare(
        JobId job,
        int slot,
        IReadOnlyList<RegistryReach> registries,
        bool ofRequest,
        CancellationToken cancel
    )
    {
        if (Obstacle is { } failure)
            return Task.FromResult<Outcome<JobPlace>>(failure);
        Slots[job] = slot;
        _known[job] = slot;
        var engine = new JobEngine("buildkit", new Dictionary<string, string>());
        return Task.FromResult<Outcome<JobPlace>>(
            new JobPlace(engine, new JobWorkspace("/mirrors", $"/jobs/{job}", $"/secrets/{job}", slot))
        );
    }

    public Task<Outcome<Done>> Start(JobId job, Secret token, CancellationToken cancel)
    {
        _alive[job] = token.Reveal();
        return Task.FromResult<Outcome<Done>>(Done.It);
    }

    public bool IsAlive(JobId job) => _alive.ContainsKey(job);

    public string LastWords(JobId job) => "";

    public Task Remove(JobId job, CancellationToken cancel)
    {
        _alive.TryRemove(job, out _);
        _known.TryRemove(job, out _);
        return Task.CompletedTask;
    }

    public Task Release(IReadOnlySet<int> keep, CancellationToken cancel) => Task.CompletedTask;

    public IReadOnlyList<JobId> Known() => [.. _known.Keys];
}
