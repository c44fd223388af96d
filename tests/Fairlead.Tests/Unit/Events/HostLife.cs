using Fairlead.Core.Events;
using Fairlead.Core.Sources;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Unit.Events;

/// <summary>What really happened to a repository's refs, from which everything that is heard of it is judged.</summary>
internal sealed class HostLife
{
    private static readonly GitRef[] Names = [GitRef.Branch("main")!, GitRef.Branch("side")!, GitRef.Tag("v1")!];
    private static readonly CommitSha Zero = CommitSha.Parse(Commits.None);

    private readonly Dictionary<GitRef, List<CommitSha?>> _values = Names.ToDictionary(
        name => name,
        name => new List<CommitSha?> { name == Names[0] ? Commit(0) : null }
    );

    /// <summary>One for each change, as the host's hook tells it.</summary>
    public List<Claim> Hooks { get; } = [];

    public IReadOnlyList<GitRef> Refs => Names;

    /// <summary>All the values a ref ever had, in their order; null where there was none.</summary>
    public IReadOnlyList<CommitSha?> ValuesOf(GitRef name) => _values[name];

    public CommitSha? Now(GitRef name) => _values[name][^1];

    public RefList Listing =>
        new(
            [.. Names.Where(name => Now(name) is not null).Select(name => new RefHead(name, Now(name)!.Value))],
            "main"
        );

    /// <param name="commit">Null deletes.</param>
    public void Push(int which, int? commit)
    {
        var (name, to) = (Names[which % Names.Length], commit is { } number ? Commit(number) : (CommitSha?)null);
        if (Now(name) == to)
            return;
        Hooks.Add(new Claim(name, Now(name) ?? Zero, to ?? Zero));
        _values[name].Add(to);
    }

    /// <summary>A ref that was there once and is not any more.</summary>
    public bool IsGone(int which) =>
        Now(Names[which % Names.Length]) is null && _values[Names[which % Names.Length]].Count > 1;

    /// <summary>How often a ref went from the one value straight to the other.</summary>
    public int Times(Move move)
    {
        var values = _values[move.Ref];
        return values.Zip(values.Skip(1)).Count(pair => pair == (move.Before, move.After));
    }

    private static CommitSha Commit(int number) => CommitSha.Parse(Commits.Number(number));
}
