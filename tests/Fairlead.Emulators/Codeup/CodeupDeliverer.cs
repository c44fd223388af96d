using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators.Codeup;

/// <summary>Sends deliveries as the real host does: the secret in clear, no id, nothing sent twice.</summary>
internal sealed class CodeupDeliverer(CodeupHost host) : IDisposable
{
    private const int MostCommits = 20;
    private readonly HookPoster _poster = new();
    private readonly ConcurrentQueue<CodeupSent> _sent = new();

    public IReadOnlyList<CodeupSent> Sent => [.. _sent];

    /// <param name="lines">What git gave post-receive: before, after, ref.</param>
    public async Task Pushed(CodeupRepository one, string login, IReadOnlyList<string> lines)
    {
        foreach (var move in lines.Select(line => line.Split(' ', 3)).Where(parts => parts.Length == 3))
        {
            var name = move[2].StartsWith("refs/tags/") ? "Tag Push Hook" : "Push Hook";
            await ToAll(one, name, await Payload(one, login, move));
        }
    }

    /// <summary>The page's button: no branch, no repository.</summary>
    public Task Test(CodeupHook hook, string commit) =>
        Send(hook, "Push Hook", new JsonObject { ["before"] = commit, ["after"] = commit });

    public void Dispose() => _poster.Dispose();

    internal async Task ToAll(CodeupRepository one, string name, JsonObject payload)
    {
        CodeupHook[] hooks;
        lock (one.Hooks)
            hooks = [.. one.Hooks.Where(hook => hook.Hears(name))];
        foreach (var hook in hooks)
            await Send(hook, name, payload);
    }

    private async Task Send(CodeupHook hook, string name, JsonObject payload)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(payload);
        using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        var headers = new Dictionary<string, string> { [host.Edition.Headers + "Event"] = name };
        if (hook.Token.Length > 0)
            headers[host.Edition.Headers + "Token"] = hook.Token;
        foreach (var (header, value) in headers)
            request.Headers.Add(header, value);
        _sent.Enqueue(new CodeupSent(headers, body, await _poster.Send(request)));
    }

    private async Task<JsonObject> Payload(CodeupRepository one, string login, string[] move)
    {
        var (before, after, name) = (move[0], move[1], move[2]);
        var isTag = name.StartsWith("refs/tags/");
        var git = new PushedCommits(host.Bare.PathOf(one.FullPath));
        var commits =
            isTag || PushedCommits.IsZero(after) || PushedCommits.IsZero(before)
                ? []
                : await git.Lines("rev-list", "--reverse", $"{before}..{after}");
        return new JsonObject
        {
            ["object_kind"] = isTag ? "tag_push" : "push",
            ["before"] = before,
            ["after"] = after,
            ["ref"] = name,
            ["user_id"] = 7,
            ["user_name"] = login,
            ["user_email"] = $"{login}@example.com",
            ["project_id"] = one.Id,
            ["repository"] = new JsonObject
            {
                ["name"] = one.Name,
                ["url"] = $"git@{host.Url.Host}:{one.FullPath}.git",
                ["description"] = "",
                ["homepage"] = $"{host.Url}{host.GitBelow}{one.FullPath}",
                ["git_http_url"] = host.UrlOf(one).ToString(),
                ["git_ssh_url"] = $"git@{host.Url.Host}:{one.FullPath}.git",
                ["visibility_level"] = 0,
            },
            ["commits"] = new JsonArray([
                .. (await git.Read(commits.TakeLast(MostCommits))).Select(commit => Commit(one, commit)),
            ]),
            ["total_commits_count"] = commits.Length,
        };
    }

    private JsonNode Commit(CodeupRepository one, PushedCommit commit) =>
        new JsonObject
        {
            ["id"] = commit.Id,
            ["message"] = commit.Message,
            ["timestamp"] = commit.At,
            ["url"] = $"{host.Url}{host.GitBelow}{one.FullPath}/commit/{commit.Id}",
            ["author"] = new JsonObject { ["name"] = commit.Author.Name, ["email"] = commit.Author.Mail },
        };
}
