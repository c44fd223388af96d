namespace Fairlead.Emulators.Git;

/// <summary>A pull request (merge request) of an emulated host.</summary>
/// <param name="Base">The repository that is asked to take it.</param>
/// <param name="From">The repository it comes from: the same, or a fork.</param>
public sealed record HostedRequest(long Number, string Base, string From, string Title, string Source, string Target)
{
    /// <summary>The branch it is asked to be taken into.</summary>
    public string Target { get; set; } = Target;

    /// <summary>What it asks to be taken.</summary>
    public string Head { get; set; } = "";

    /// <summary><c>open</c>, <c>merged</c> or <c>closed</c>.</summary>
    public string State { get; set; } = "open";

    /// <summary>The merge that the host made of it.</summary>
    public string? MergeCommit { get; set; }

    /// <summary>Looks until the host knows whether it may be merged, where a host takes its time.</summary>
    public int Unchecked { get; set; } = 1;

    public bool IsFork => Base != From;
}

/// <summary>
/// The requests of one host. Their heads are refs of the base repository, which stay when a request is closed, as at
/// the real ones.
/// </summary>
/// <param name="pathOf">Where a repository lies.</param>
/// <param name="refOf">What the host calls the head of a request; null where it keeps none.</param>
/// <param name="tell">Delivers <c>opened</c>, <c>updated</c>, <c>reopened</c>, <c>merged</c>, <c>closed</c>, or
/// <c>retargeted</c>.</param>
public sealed class RequestBook(
    Func<string, string> pathOf,
    Func<long, string>? refOf,
    Func<HostedRequest, string, Task> tell
)
{
    private readonly List<HostedRequest> _all = [];

    /// <summary>The open ones of a repository, the newest first.</summary>
    public IReadOnlyList<HostedRequest> Open(string repository)
    {
        lock (_all)
            return [.. _all.Where(one => one.Base == repository && one.State == "open").Reverse()];
    }

    /// <summary>One of a repository, by its number.</summary>
    public HostedRequest? Find(string repository, string number)
    {
        lock (_all)
            return _all.Find(one => one.Base == repository && one.Number.ToString() == number);
    }

    /// <param name="from">The fork it comes from; null for the same repository.</param>
    public async Task<HostedRequest> Ask(
        string repository,
        string source,
        string target = "main",
        string title = "A change",
        string? from = null
    )
    {
        HostedRequest made;
        lock (_all)
        {
            var number = 1 + _all.Count(one => one.Base == repository);
            _all.Add(made = new HostedRequest(number, repository, from ?? repository, title, source, target));
        }
        await Take(made);
        await tell(made, "opened");
        return made;
    }

    /// <summary>A push to where requests come from moves them.</summary>
    public async Task Pushed(string repository, IReadOnlyList<string> lines)
    {
        var moved = lines.Select(line => line.Split(' ', 3)).Where(parts => parts.Length == 3).ToList();
        HostedRequest[] open;
        lock (_all)
            open = [.. _all.Where(one => one.From == repository && one.State == "open")];
        foreach (var one in open)
            if (moved.Any(move => move[2] == "refs/heads/" + one.Source && !PushedCommits.IsZero(move[1])))
            {
                await Take(one);
                await tell(one, "updated");
            }
    }

    /// <summary>Merged elsewhere, or given up: its ref stays.</summary>
    public Task Close(HostedRequest one, bool merged = false)
    {
        one.State = merged ? "merged" : "closed";
        return tell(one, one.State);
    }

    public Task Reopen(HostedRequest one)
    {
        one.State = "open";
        return tell(one, "reopened");
    }

    /// <summary>It goes to another branch now.</summary>
    public Task Retarget(HostedRequest one, string target)
    {
        one.Target = target;
        return tell(one, "retargeted");
    }

    private async Task Take(HostedRequest one)
    {
        var from = pathOf(one.From);
        one.Head = (await Git.Run(from, "rev-parse", "refs/heads/" + one.Source)).Trim();
        if (refOf is not null)
            await Git.Run(pathOf(one.Base), "fetch", "--quiet", from, $"+refs/heads/{one.Source}:{refOf(one.Number)}");
    }
}
