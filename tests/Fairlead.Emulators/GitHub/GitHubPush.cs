using System.Text.Json.Nodes;

namespace Fairlead.Emulators.GitHub;

/// <summary>The payload of a push, made from what the real git knows of the commits.</summary>
internal static class GitHubPush
{
    private const int MostCommits = 2048;

    /// <param name="line">What git gave post-receive: before, after, ref.</param>
    public static async Task<JsonObject> Of(GitHubHost host, GitHubRepository one, string login, string[] line)
    {
        var (before, after, name) = (line[0], line[1], line[2]);
        var (isNew, isGone) = (IsZero(before), IsZero(after));
        var git = new Reader(host, one);
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
            ["commits"] = new JsonArray([.. await git.Shapes(commits.Take(MostCommits))]),
            ["head_commit"] = head is null ? null : await git.Shape(head),
        };
    }

    public static bool IsZero(string commit) => commit.All(sign => sign == '0');

    private sealed class Reader(GitHubHost host, GitHubRepository one)
    {
        private readonly string _path = host.Bare.PathOf(one.FullName);

        public async Task<string> Ask(params string[] arguments) => (await Git.Git.Run(_path, arguments)).Trim();

        public async Task<string[]> Lines(params string[] arguments) =>
            (await Ask(arguments)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        public async Task<bool> IsAncestor(string older, string newer) =>
            await Ask("merge-base", "--all", older, newer) is var bases && bases.Contains(older);

        public async Task<JsonNode[]> Shapes(IEnumerable<string> commits)
        {
            var all = new List<JsonNode>();
            foreach (var commit in commits)
                all.Add(await Shape(commit));
            return [.. all];
        }

        public async Task<JsonObject> Shape(string commit)
        {
            const string format = "--format=%T%n%an%n%ae%n%cn%n%ce%n%cI%n%B";
            var facts = (await Ask("show", "-s", format, commit)).Split('\n', 7);
            var changes = await Lines("diff-tree", "--root", "--no-commit-id", "--name-status", "-r", commit);
            JsonArray Paths(char kind) =>
                [.. changes.Where(change => change[0] == kind).Select(change => (JsonNode)change[2..])];
            return new JsonObject
            {
                ["id"] = commit,
                ["tree_id"] = facts[0],
                ["distinct"] = true,
                ["message"] = facts[6].Trim(),
                ["timestamp"] = facts[5],
                ["url"] = $"{host.Url}{one.FullName}/commit/{commit}",
                ["author"] = Person(facts[1], facts[2]),
                ["committer"] = Person(facts[3], facts[4]),
                ["added"] = Paths('A'),
                ["removed"] = Paths('D'),
                ["modified"] = Paths('M'),
            };
        }

        private static JsonObject Person(string name, string mail) =>
            new()
            {
                ["name"] = name,
                ["email"] = mail,
                ["username"] = name.ToLowerInvariant(),
            };
    }
}
