using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;
using Fairlead.Server.Events;
using Fairlead.Server.Events.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Support;

/// <summary>A code host whose branches are what the test says, for what the ledger does with answers.</summary>
internal sealed class FakeHost
{
    private readonly Dictionary<string, string> _branches = [];
    private int _asked;

    /// <summary>Answered instead of the branches.</summary>
    public volatile Failure? Failure;

    public int Asked => Volatile.Read(ref _asked);

    /// <summary>Null for a branch that is not there.</summary>
    public string? this[string branch]
    {
        set
        {
            lock (_branches)
                if (value is null)
                    _branches.Remove(branch);
                else
                    _branches[branch] = value;
        }
    }

    /// <summary>Takes the host's place in a test server.</summary>
    public void Stand(IServiceCollection services) => services.AddScoped<AskHost>(_ => Ask);

    private Task<Outcome<RefList>> Ask(SourceRow source, string? known, CancellationToken cancel)
    {
        Interlocked.Increment(ref _asked);
        if (Failure is { } failure)
            return Task.FromResult<Outcome<RefList>>(failure);
        lock (_branches)
            return Task.FromResult<Outcome<RefList>>(
                new RefList(
                    [.. _branches.Select(head => new RefHead(GitRef.Branch(head.Key)!, CommitSha.Parse(head.Value)))],
                    "main"
                )
            );
    }
}
