namespace Fairlead.Core.Masking;

/// <summary>
/// Finds all of many byte strings in one pass (Aho and Corasick). States are kept sparsely, because forms of secrets
/// are long chains that seldom branch: about 14 bytes a state instead of a table of 1 KiB.
/// </summary>
internal sealed class ByteAutomaton
{
    private readonly int[] _root = new int[256];
    private readonly List<State> _states = [default];
    private readonly Dictionary<(int State, byte Letter), int> _branches = [];

    /// <summary>One prefix of a pattern.</summary>
    /// <param name="Letter">The letter of its first child; further children are in the branches.</param>
    /// <param name="Fail">The longest proper suffix that is a prefix of some pattern too.</param>
    /// <param name="Depth">How many of the last bytes this prefix is.</param>
    /// <param name="Match">How many of the last bytes are a whole pattern; 0 for none.</param>
    private record struct State(int Child, byte Letter, bool Branches, int Fail, int Depth, int Match);

    public ByteAutomaton(IEnumerable<byte[]> patterns)
    {
        foreach (var pattern in patterns.Where(pattern => pattern.Length > 0))
            Add(pattern);
        Link();
    }

    public bool IsEmpty => _states.Count == 1;

    /// <summary>The state after one more byte.</summary>
    public int Next(int state, byte letter)
    {
        while (state != 0)
        {
            if (Child(state, letter) is var child and not 0)
                return child;
            state = _states[state].Fail;
        }
        return _root[letter];
    }

    /// <summary>How many of the last bytes could still grow into a pattern.</summary>
    public int Depth(int state) => _states[state].Depth;

    /// <summary>The length of the longest pattern that ends here; 0 for none.</summary>
    public int Match(int state) => _states[state].Match;

    private void Add(byte[] pattern)
    {
        var state = 0;
        foreach (var letter in pattern)
            state = (state == 0 ? _root[letter] : Child(state, letter)) is var child and not 0
                ? child
                : Grow(state, letter);
        _states[state] = _states[state] with { Match = pattern.Length };
    }

    private int Child(int state, byte letter)
    {
        var here = _states[state];
        if (here.Child != 0 && here.Letter == letter)
            return here.Child;
        return here.Branches && _branches.TryGetValue((state, letter), out var child) ? child : 0;
    }

    private int Grow(int state, byte letter)
    {
        var made = _states.Count;
        var here = _states[state];
        _states.Add(new State { Depth = here.Depth + 1 });
        if (state == 0)
            _root[letter] = made;
        else if (here.Child == 0)
            _states[state] = here with { Child = made, Letter = letter };
        else
        {
            _states[state] = here with { Branches = true };
            _branches[(state, letter)] = made;
        }
        return made;
    }

    /// <summary>Sets the failure links, nearest states first.</summary>
    private void Link()
    {
        var branches = _branches.ToLookup(branch => branch.Key.State, branch => (branch.Key.Letter, branch.Value));
        var queue = new Queue<int>(_root.Where(state => state != 0));
        while (queue.TryDequeue(out var state))
        {
            var here = _states[state];
            if (here.Child != 0)
                LinkChild(here, here.Letter, here.Child);
            foreach (var (letter, child) in here.Branches ? branches[state] : [])
                LinkChild(here, letter, child);
        }

        void LinkChild(State parent, byte letter, int child)
        {
            var fail = Next(parent.Fail, letter);
            var own = _states[child];
            _states[child] = own with { Fail = fail, Match = own.Match > 0 ? own.Match : _states[fail].Match };
            queue.Enqueue(child);
        }
    }
}
