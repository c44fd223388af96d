using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.GitLab;

/// <summary>The payload of a push, made from what the real git knows of the commits.</summary>
internal static class GitLabPush
{
    /// <summary>Only the newest are told; <c>total_commits_count</c> says how many there are.</summary>
    private const int MostCommits = 20;

    /// <param name="line">What git gave post-receive: before, after, ref.</param>
    public static async Task<JsonObject> Of(GitLabHost host, GitLabProject one, string user, string[] line)
    {
        var (before, after, name) = (line[0], line[1], line[2]);
        var isTag = name.StartsWith("refs/tags/");
        var git = new PushedCommits(host.Bare.PathOf(one.FullPath));
        var isGone = PushedCommits.IsZero(after);
        var head = isGone ? null : await git.Ask("rev-parse", after + "^{commit}");
        var isAnnotated = head is not null && head != after;
        // A new branch tells no commits: none of them is new to the project.
        var commits =
            isGone || isTag || PushedCommits.IsZero(before)
                ? []
                : await git.Lines("rev-list", "--reverse", $"{before}..{after}");
        var kind = isTag ? "tag_push" : "push";
        return new JsonObject
        {
            ["object_kind"] = kind,
            ["event_name"] = kind,
            ["before"] = before,
            ["after"] = after,
            ["ref"] = name,
            ["ref_protected"] = name == $"refs/heads/{one.DefaultBranch}",
            ["checkout_sha"] = head,
            ["message"] = isAnnotated
                ? await git.Ask("tag", "-l", "--format=%(contents)", name.Split('/', 3)[2])
                : null,
            ["user_id"] = 7,
            ["user_name"] = user,
            ["user_username"] = user,
            ["user_email"] = "[REDACTED]",
            ["user_avatar"] = null,
            ["project_id"] = one.Id,
            ["project"] = Project(host, one),
            ["commits"] = new JsonArray([
                .. (await git.Read(commits.TakeLast(MostCommits))).Select(commit => Commit(host, one, commit)),
            ]),
            ["total_commits_count"] = commits.Length,
            ["push_options"] = new JsonObject(),
            ["repository"] = new JsonObject
            {
                ["name"] = one.Path,
                ["url"] = $"git@{host.Url.Host}:{one.FullPath}.git",
                ["description"] = null,
                ["homepage"] = $"{host.Url}{one.FullPath}",
                ["git_http_url"] = host.UrlOf(one.FullPath).ToString(),
                ["git_ssh_url"] = $"git@{host.Url.Host}:{one.FullPath}.git",
                ["visibility_level"] = one.IsPublic ? 20 : 0,
            },
        };
    }

    private static JsonObject Project(GitLabHost host, GitLabProject one) =>
        new()
        {
            ["id"] = one.Id,
            ["name"] = $"The {one.Path} project",
            ["description"] = null,
            ["web_url"] = $"{host.Url}{one.FullPath}",
            ["avatar_url"] = null,
            ["git_ssh_url"] = $"git@{host.Url.Host}:{one.FullPath}.git",
            ["git_http_url"] = host.UrlOf(one.FullPath).ToString(),
            ["namespace"] = one.Group,
            ["visibility_level"] = one.IsPublic ? 20 : 0,
            ["path_with_namespace"] = one.FullPath,
            ["default_branch"] = one.DefaultBranch,
            ["ci_config_path"] = null,
        };

    private static JsonNode Commit(GitLabHost host, GitLabProject one, PushedCommit commit) =>
        new JsonObject
        {
            ["id"] = commit.Id,
            ["message"] = commit.Message,
            ["title"] = commit.Message.Split('\n')[0],
            ["timestamp"] = commit.At,
            ["url"] = $"{host.Url}{one.FullPath}/-/commit/{commit.Id}",
            ["author"] = new JsonObject { ["name"] = commit.Author.Name, ["email"] = commit.Author.Mail },
            ["added"] = Paths(commit, 'A'),
            ["modified"] = Paths(commit, 'M'),
            ["removed"] = Paths(commit, 'D'),
        };

    private static JsonArray Paths(PushedCommit commit, char kind) =>
        [.. commit.Paths(kind).Select(path => (JsonNode)path)];
}
