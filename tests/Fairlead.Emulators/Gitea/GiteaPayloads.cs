using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.Gitea;

/// <summary>Payloads of deliveries, made from what the real git knows.</summary>
internal sealed class GiteaPayloads(GiteaHost host, GiteaRepository one, string login)
{
    private const int MostCommits = 5;
    private readonly PushedCommits _git = new(host.Bare.PathOf(one.FullName));

    public JsonObject Created(GiteaMove move) => RefEvent(move, ("sha", move.After));

    public JsonObject Deleted(GiteaMove move) => RefEvent(move, ("pusher_type", "user"));

    public async Task<JsonObject> Pushed(GiteaMove move)
    {
        var head = move.IsGone ? null : await Shape(await _git.Ask("rev-parse", move.After + "^{commit}"));
        string[] between =
            move.IsGone || move.IsNew || move.Branch is null
                ? []
                : await _git.Lines("rev-list", $"{move.Before}..{move.After}");
        var commits = new JsonArray();
        foreach (var commit in between.Take(MostCommits))
            commits.Add(await Shape(commit));
        return new JsonObject
        {
            ["ref"] = move.Ref,
            ["before"] = move.Before,
            ["after"] = move.After,
            ["compare_url"] = move.IsGone ? "" : $"{host.Root}{one.FullName}/compare/{move.Before}...{move.After}",
            ["commits"] = commits,
            ["total_commits"] = between.Length,
            ["head_commit"] = head,
            ["repository"] = GiteaShapes.Repository(host, one, login),
            ["pusher"] = GiteaShapes.User(host, login),
            ["sender"] = GiteaShapes.User(host, login),
        };
    }

    private JsonObject RefEvent(GiteaMove move, (string Name, string Value) own) =>
        new()
        {
            ["ref"] = move.Branch ?? move.Tag,
            ["ref_type"] = move.Branch is null ? "tag" : "branch",
            [own.Name] = own.Value,
            ["repository"] = GiteaShapes.Repository(host, one, login),
            ["sender"] = GiteaShapes.User(host, login),
        };

    private async Task<JsonObject> Shape(string commit)
    {
        var facts = await _git.Read(commit);
        JsonArray Paths(char kind) => [.. facts.Paths(kind).Select(path => (JsonNode)path)];
        return new JsonObject
        {
            ["id"] = facts.Id,
            ["message"] = facts.Message + "\n",
            ["url"] = $"{host.Root}{one.FullName}/commit/{facts.Id}",
            ["author"] = Person(facts.Author),
            ["committer"] = Person(facts.Committer),
            ["verification"] = null,
            ["timestamp"] = facts.At,
            ["added"] = Paths('A'),
            ["removed"] = Paths('D'),
            ["modified"] = Paths('M'),
        };
    }

    private static JsonObject Person(CommitPerson who) =>
        new()
        {
            ["name"] = who.Name,
            ["email"] = who.Mail,
            ["username"] = "",
        };
}
