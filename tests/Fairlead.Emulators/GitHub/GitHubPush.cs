using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.GitHub;

/// <summary>The payload of a push, made from what the real git knows of the commits.</summary>
internal static class GitHubPush
{
    private const int MostCommits = 2048;

    /// <param name="line">What git gave post-receive: before, after, ref.</param>
    public static async Task<JsonObject> Of(GitHubHost host, GitHubRepository one, string login, string[] line)
    {
        var (before, after, name) = (line[0], line[1], line[2]);
        var (isNew, isGone) = (PushedCommits.IsZero(before), PushedCommits.IsZero(after));
        var git = new PushedCommits(host.Bare.PathOf(one.FullName));
        var head = isGone ? null : await git.Ask("rev-parse", after + "^{commit}");
        var isBranch = name.StartsWith("refs/heads/");
        var commits =
            isBranch && !isNew && !isGone ? await git.Lines("rev-list", "--reverse", $"{before}..{after}") : [];
        var page = $"{host.Url}{one.FullName}";
        var owner = new JsonObject { ["name"] = login, ["email"] = $"{login}@example.org" };
        return new JsonObject
        {
            ["ref"] = name,
            ["before"] = before,
            ["after"] = after,
            ["repository"] = GitHubShapes.Repository(host, one, inPush: true),
            ["pusher"] = owner,
            ["sender"] = GitHubShapes.User(host, login),
            ["created"] = isNew,
            ["deleted"] = isGone,
            ["forced"] = isBranch && !isNew && !isGone && !await git.IsAncestor(before, after),
            ["base_ref"] = null,
            ["compare"] =
                isNew || isGone
                    ? $"{page}/compare/{name.Split('/', 3)[2]}"
                    : $"{page}/compare/{before[..12]}...{after[..12]}",
            ["commits"] = new JsonArray([
                .. (await git.Read(commits.Take(MostCommits))).Select(commit => Shape(host, one, commit)),
            ]),
            ["head_commit"] = head is null ? null : Shape(host, one, await git.Read(head)),
        };
    }

    private static JsonObject Shape(GitHubHost host, GitHubRepository one, PushedCommit commit) =>
        new()
        {
            ["id"] = commit.Id,
            ["tree_id"] = commit.Tree,
            ["distinct"] = true,
            ["message"] = commit.Message,
            ["timestamp"] = commit.At,
            ["url"] = $"{host.Url}{one.FullName}/commit/{commit.Id}",
            ["author"] = Person(commit.Author),
            ["committer"] = Person(commit.Committer),
            ["added"] = Paths(commit, 'A'),
            ["removed"] = Paths(commit, 'D'),
            ["modified"] = Paths(commit, 'M'),
        };

    private static JsonArray Paths(PushedCommit commit, char kind) =>
        [.. commit.Paths(kind).Select(path => (JsonNode)path)];

    private static JsonObject Person(CommitPerson person) =>
        new()
        {
            ["name"] = person.Name,
            ["email"] = person.Mail,
            ["username"] = person.Name.ToLowerInvariant(),
        };
}
