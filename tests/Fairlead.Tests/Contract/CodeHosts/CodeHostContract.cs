using Fairlead.Core.Outcomes;

namespace Fairlead.Tests.Contract.CodeHosts;

/// <summary>
/// What every code host promises, as far as its provider says it can. A host adds one subclass for each part of the
/// contract, and a stage.
/// </summary>
public abstract class CodeHostContract : IAsyncLifetime
{
    private readonly HashSet<Type> _used = [];

    protected HostStage Stage { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<HostStage> Set();

    public async ValueTask InitializeAsync() => Stage = await Set();

    public async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result is TestResult.Passed or TestResult.Failed)
            foreach (var capability in _used)
                ContractTable.Note(Stage.Name, capability, TestContext.Current.TestState.Result == TestResult.Passed);
        await Stage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The capability, or a skip that says the host has none: the contract's table shows it.</summary>
    protected T Can<T>()
        where T : class
    {
        _used.Add(typeof(T));
        if (Stage.Provider is not T capable)
        {
            ContractTable.NoteNone(Stage.Name, typeof(T));
            Assert.Skip($"{Stage.Provider.Title} has no function for {typeof(T).Name}.");
            throw new InvalidOperationException();
        }
        return capable;
    }

    protected static T Good<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.Ok, outcome.Failure is { } failure ? $"{failure.Code}: {failure.Sentence}" : "");
        return outcome.Value;
    }

    protected static Failure Bad<T>(Outcome<T> outcome)
    {
        Assert.False(outcome.Ok);
        Assert.EndsWith(".", outcome.Failure.Sentence);
        return outcome.Failure;
    }
}
