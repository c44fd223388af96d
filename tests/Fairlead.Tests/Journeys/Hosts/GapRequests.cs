using Fairlead.Emulators.Git;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>What people ask to be taken at one host, from its own repository and from a fork of it.</summary>
internal sealed class GapRequests(RequestBook book, string repository, string forked, WorkCopy work, WorkCopy fork)
{
    private HostedRequest _moved = null!;
    private HostedRequest _closed = null!;

    /// <summary>Two that are heard of: one will move, the other be closed while nobody hears.</summary>
    public async Task Before()
    {
        await Push(work, "ask/moves");
        _moved = await book.Ask(repository, "ask/moves");
        await Push(work, "ask/ends");
        _closed = await book.Ask(repository, "ask/ends");
    }

    public async Task Live()
    {
        await Push(work, "ask/moves");
        await book.Close(_closed, merged: true);
        await Push(work, "ask/new");
        var made = await book.Ask(repository, "ask/new");
        await Push(work, "ask/new");
        await Push(work, "ask/brief");
        await book.Close(await book.Ask(repository, "ask/brief"));
        await Push(fork, "main");
        await book.Ask(repository, "main", from: forked);
        await book.Close(made);
        await book.Reopen(made);
    }

    public IEnumerable<(string Ref, string Commit)> Open() =>
        book.Open(repository).Select(one => ($"refs/pull/{one.Number}/head", one.Head));

    /// <summary>Those that nobody asks for any more, as far as they were opened and closed unheard.</summary>
    public string Brief => "refs/pull/4/head";

    private static async Task Push(WorkCopy from, string branch)
    {
        await from.Write("asked", $"{Guid.NewGuid()}").Git("add", "--all");
        await from.Git("commit", "--quiet", "--message", branch);
        await from.Git("push", "--quiet", "--force", "origin", $"HEAD:refs/heads/{branch}");
    }
}
