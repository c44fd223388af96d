using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.BitbucketCloud;

/// <summary>The payload of a push: all its refs in one, made from what the real git knows of the commits.</summary>
internal sealed class BitbucketPush(BitbucketHost host, BitbucketRepository one)
{
    private const int MostCommits = 5;
    private readonly PushedCommits _git = new(host.Bare.PathOf(one.FullName));

    /// <param name="lines">What git gave post-receive: before, after, ref.</param>
    public async Task<JsonObject> Of(string login, IEnumerable<string> lines)
    {
        var changes = new JsonArray();
        foreach (var line in lines)
            if (line.Split(' ', 3) is [var before, var after, var name] && Kind(name) is not null)
                changes.Add(await Change(before, after, name));
        return new JsonObject
        {
            ["push"] = new JsonObject { ["changes"] = changes },
            ["repository"] = BitbucketShapes.Named(host, one),
            ["actor"] = BitbucketShapes.Actor(host, login),
        };
    }

    private async Task<JsonObject> Change(string before, string after, string name)
    {
        var (isNew, isGone) = (PushedCommits.IsZero(before), PushedCommits.IsZero(after));
        var isMove = !isNew && !isGone;
        var commits =
            isGone || Kind(name) == "tag" ? []
            : isNew ? await _git.Lines("rev-list", $"--max-count={MostCommits + 1}", after)
            : await _git.Lines("rev-list", $"--max-count={MostCommits + 1}", $"{before}..{after}");
        return new JsonObject
        {
            ["old"] = isNew ? null : await End(before, name),
            ["new"] = isGone ? null : await End(after, name),
            ["created"] = isNew,
            ["closed"] = isGone,
            ["forced"] = isMove && !await _git.IsAncestor(before, after),
            ["truncated"] = commits.Length > MostCommits,
            ["commits"] = new JsonArray([.. (await _git.Read(commits.Take(MostCommits))).Select(Commit)]),
            ["links"] = new JsonObject(),
        };
    }

    /// <summary>Of an annotated tag the commit is told, and never the tag's own id.</summary>
    private async Task<JsonObject> End(string id, string name)
    {
        var commit = await _git.Read(await _git.Ask("rev-parse", id + "^{commit}"));
        var end = new JsonObject
        {
            ["type"] = Kind(name),
            ["name"] = name.Split('/', 3)[2],
            ["target"] = Commit(commit),
            ["links"] = new JsonObject(),
        };
        if (Kind(name) == "tag")
            end["tagger"] = end["date"] = end["message"] = null;
        return end;
    }

    private static string? Kind(string name) =>
        name.StartsWith("refs/heads/") ? "branch"
        : name.StartsWith("refs/tags/") ? "tag"
        : null;

    private JsonNode Commit(PushedCommit commit) =>
        new JsonObject
        {
            ["type"] = "commit",
            ["hash"] = commit.Id,
            ["date"] = commit.At,
            ["message"] = commit.Message,
            ["author"] = new JsonObject
            {
                ["type"] = "author",
                ["raw"] = $"{commit.Author.Name} <{commit.Author.Mail}>",
            },
            ["parents"] = new JsonArray(),
            ["links"] = new JsonObject
            {
                ["self"] = BitbucketShapes.Link($"{host.Url}2.0/repositories/{one.FullName}/commit/{commit.Id}"),
            },
        };
}
