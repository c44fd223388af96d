using Fairlead.Contracts.Jobs;

namespace Fairlead.Runner.Sources;

/// <summary>
/// Where one repository is kept on this machine: one bare mirror, and for each slot a small repository of its own
/// that borrows the mirror's objects, with a work tree that is reused. Jobs of one slot come one after the other.
/// </summary>
internal sealed record MirrorPlace
{
    public const string LockName = "lock";

    private MirrorPlace(string root, int slot) => (Root, Slot) = (root, slot);

    public string Root { get; }

    public int Slot { get; }

    public string Mirror => Path.Combine(Root, "mirror.git");

    public string LockFile => Path.Combine(Root, LockName);

    public string SlotRoot => Path.Combine(Root, $"slot-{Slot}");

    public string SlotRepository => Path.Combine(SlotRoot, "repository.git");

    public string Tree => Path.Combine(SlotRoot, "tree");

    /// <summary>Keeps the commit a slot works on from being pruned.</summary>
    public string SlotRef => $"refs/fairlead/slot/{Slot}";

    /// <summary>Null when the key is not a plain name.</summary>
    public static MirrorPlace? Of(JobSpec spec)
    {
        var key = spec.Source.Key;
        var plain =
            key.Length is > 0 and <= 128 && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
        return plain ? new MirrorPlace(Path.Combine(spec.Workspace.Mirrors, key), spec.Workspace.Slot) : null;
    }
}
