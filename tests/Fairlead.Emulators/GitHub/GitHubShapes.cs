using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.GitHub;

/// <summary>Things as the API and the deliveries show them, field by field as in the published schemas.</summary>
internal static class GitHubShapes
{
    private const string UserUrls =
        "followers gists{/gist_id} starred{/owner}{/repo} subscriptions repos events{/privacy} " + "received_events";

    private const string RepositoryUrls =
        "forks keys{/key_id} collaborators{/collaborator} teams hooks events assignees{/user} branches{/branch} tags "
        + "statuses/{sha} languages stargazers contributors subscribers subscription commits{/sha} comments{/number} "
        + "contents/{+path} compare/{base}...{head} merges downloads issues{/number} pulls{/number} "
        + "milestones{/number} notifications{?since,all,participating} labels{/name} releases{/id} deployments";

    private static readonly (string Name, string Path)[] OddUrls =
    [
        ("issue_events_url", "issues/events{/number}"),
        ("blobs_url", "git/blobs{/sha}"),
        ("git_tags_url", "git/tags{/sha}"),
        ("git_refs_url", "git/refs{/sha}"),
        ("trees_url", "git/trees{/sha}"),
        ("git_commits_url", "git/commits{/sha}"),
        ("issue_comment_url", "issues/comments{/number}"),
        ("archive_url", "{archive_format}{/ref}"),
    ];

    private const string Zeros =
        "size stargazers_count watchers_count forks_count open_issues_count forks open_issues watchers";

    private const string Falses =
        "fork has_issues has_projects has_downloads has_wiki has_pages has_discussions is_template disabled "
        + "web_commit_signoff_required";

    public static JsonObject User(GitHubHost host, string login)
    {
        var api = $"{host.Url}api/v3/users/{login}";
        var id = login.Sum(sign => sign) + 1000;
        var user = new JsonObject
        {
            ["login"] = login,
            ["id"] = id,
            ["node_id"] = Node($"User{id}"),
            ["avatar_url"] = $"{host.Url}avatars/u/{id}",
            ["gravatar_id"] = "",
            ["url"] = api,
            ["html_url"] = $"{host.Url}{login}",
            ["following_url"] = api + "/following{/other_user}",
            ["organizations_url"] = api + "/orgs",
        };
        foreach (var name in UserUrls.Split(' '))
            user[$"{name.Split('{')[0]}_url"] = $"{api}/{name}";
        user["type"] = "User";
        user["site_admin"] = false;
        return user;
    }

    /// <param name="inPush">A push tells two of the times as seconds.</param>
    public static JsonObject Repository(GitHubHost host, GitHubRepository one, bool inPush = false)
    {
        var (api, page) = ($"{host.Url}api/v3/repos/{one.FullName}", $"{host.Url}{one.FullName}");
        var shape = new JsonObject
        {
            ["id"] = one.Id,
            ["node_id"] = Node($"Repository{one.Id}"),
            ["name"] = one.Name,
            ["full_name"] = one.FullName,
            ["private"] = one.IsPrivate,
            ["owner"] = Owner(host, one.Owner, inPush),
            ["html_url"] = page,
            ["description"] = null,
            ["url"] = inPush ? page : api,
        };
        foreach (var name in RepositoryUrls.Split(' '))
            shape[$"{name.Split('{', '/')[0]}_url"] = $"{api}/{name}";
        foreach (var (name, path) in OddUrls)
            shape[name] = $"{api}/{path}";
        Times(shape, inPush);
        shape["git_url"] = $"git://{host.Url.Authority}/{one.FullName}.git";
        shape["ssh_url"] = $"git@{host.Url.Host}:{one.FullName}.git";
        shape["clone_url"] = $"{page}.git";
        shape["svn_url"] = page;
        foreach (var name in Zeros.Split(' '))
            shape[name] = 0;
        foreach (var name in Falses.Split(' '))
            shape[name] = false;
        foreach (var name in new[] { "homepage", "language", "mirror_url", "license" })
            shape[name] = null;
        shape["archived"] = one.IsArchived;
        shape["default_branch"] = one.DefaultBranch;
        shape["topics"] = new JsonArray();
        shape["visibility"] = one.IsPrivate ? "private" : "public";
        shape["allow_forking"] = true;
        if (inPush)
            (shape["stargazers"], shape["master_branch"], shape["custom_properties"]) = (
                0,
                one.DefaultBranch,
                new JsonObject()
            );
        else
            shape["permissions"] = new JsonObject
            {
                ["admin"] = true,
                ["maintain"] = true,
                ["push"] = true,
                ["triage"] = true,
                ["pull"] = true,
            };
        return shape;
    }

    /// <summary>Asked for by its name, it tells more of itself.</summary>
    public static JsonObject Whole(GitHubHost host, GitHubRepository one)
    {
        var shape = Repository(host, one);
        (shape["subscribers_count"], shape["network_count"]) = (0, 0);
        return shape;
    }

    /// <summary>Whose token asks.</summary>
    public static JsonObject Account(GitHubHost host, string login)
    {
        var user = User(host, login);
        foreach (var name in new[] { "company", "location", "email", "hireable", "bio" })
            user[name] = null;
        foreach (var name in new[] { "public_repos", "public_gists", "followers", "following" })
            user[name] = 0;
        (user["name"], user["blog"]) = (login, "");
        (user["created_at"], user["updated_at"]) = ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z");
        return user;
    }

    public static JsonObject Hook(GitHubHost host, GitHubRepository one, GitHubHook hook)
    {
        var url = $"{host.Url}api/v3/repos/{one.FullName}/hooks/{hook.Id}";
        var config = new JsonObject
        {
            ["content_type"] = hook.ContentType,
            ["insecure_ssl"] = hook.InsecureSsl,
            ["url"] = hook.Url,
        };
        if (hook.Secret is not null)
            config["secret"] = "********";
        return new JsonObject
        {
            ["type"] = "Repository",
            ["id"] = hook.Id,
            ["name"] = "web",
            ["active"] = hook.Active,
            ["events"] = new JsonArray([.. hook.Events.Select(name => (JsonNode)name)]),
            ["config"] = config,
            ["updated_at"] = "2026-01-02T03:04:05Z",
            ["created_at"] = "2026-01-02T03:04:05Z",
            ["url"] = url,
            ["test_url"] = url + "/test",
            ["ping_url"] = url + "/pings",
            ["deliveries_url"] = url + "/deliveries",
            ["last_response"] = new JsonObject
            {
                ["code"] = hook.LastCode,
                ["status"] = hook.LastCode is null ? "unused" : "active",
                ["message"] = null,
            },
        };
    }

    /// <summary>With what was sent; its signature is not told.</summary>
    public static JsonNode Sent(GitHubHook hook, GitHubDelivery one)
    {
        var body = Encoding.UTF8.GetString(one.Body);
        var told = Delivery(one);
        told["url"] = hook.Url;
        told["request"] = new JsonObject
        {
            ["headers"] = new JsonObject
            {
                ["X-GitHub-Delivery"] = one.Guid.ToString(),
                ["X-GitHub-Event"] = one.Event,
            },
            ["payload"] = JsonNode.Parse(
                hook.ContentType == "json" ? body : Uri.UnescapeDataString(body["payload=".Length..])
            ),
        };
        told["response"] = new JsonObject { ["headers"] = new JsonObject(), ["payload"] = "" };
        return told;
    }

    public static JsonObject Delivery(GitHubDelivery one) =>
        new()
        {
            ["id"] = one.Id,
            ["guid"] = one.Guid.ToString(),
            ["delivered_at"] = one.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["redelivery"] = false,
            ["duration"] = 0.05,
            ["status"] = one.Status is >= 200 and < 300 ? "OK" : "Invalid HTTP Response",
            ["status_code"] = one.Status,
            ["event"] = one.Event,
            ["action"] = one.Action,
            ["installation_id"] = null,
            ["repository_id"] = null,
            ["throttled_at"] = null,
        };

    public static JsonObject Status(GitHubHost host, GitHubRepository one, GitHubStatus status) =>
        new()
        {
            ["creator"] = User(host, one.Owner),
            ["url"] = $"{host.Url}api/v3/repos/{one.FullName}/statuses/{status.Commit}",
            ["id"] = 1,
            ["node_id"] = Node($"Status{status.Commit}"),
            ["avatar_url"] = null,
            ["state"] = status.State,
            ["description"] = status.Description,
            ["target_url"] = status.TargetUrl,
            ["context"] = status.Context,
            ["created_at"] = "2026-01-02T03:04:05Z",
            ["updated_at"] = "2026-01-02T03:04:05Z",
        };

    public static JsonObject Commit(GitHubHost host, GitHubRepository one, PushedCommit commit, string[] parents)
    {
        var api = $"{host.Url}api/v3/repos/{one.FullName}";
        var page = $"{host.Url}{one.FullName}/commit/";
        return new JsonObject
        {
            ["sha"] = commit.Id,
            ["node_id"] = Node($"Commit{commit.Id}"),
            ["url"] = $"{api}/commits/{commit.Id}",
            ["html_url"] = page + commit.Id,
            ["comments_url"] = $"{api}/commits/{commit.Id}/comments",
            ["commit"] = new JsonObject
            {
                ["url"] = $"{api}/git/commits/{commit.Id}",
                ["author"] = Person(commit.Author, commit.At),
                ["committer"] = Person(commit.Committer, commit.At),
                ["message"] = commit.Message,
                ["tree"] = new JsonObject { ["sha"] = commit.Tree, ["url"] = $"{api}/git/trees/{commit.Tree}" },
                ["comment_count"] = 0,
            },
            ["author"] = null,
            ["committer"] = null,
            ["parents"] = new JsonArray([
                .. parents.Select(sha =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["sha"] = sha,
                            ["url"] = $"{api}/commits/{sha}",
                            ["html_url"] = page + sha,
                        }
                ),
            ]),
        };
    }

    private static JsonObject Person(CommitPerson person, string at) =>
        new()
        {
            ["name"] = person.Name,
            ["email"] = person.Mail,
            ["date"] = at,
        };

    private static JsonObject Owner(GitHubHost host, string login, bool inPush)
    {
        var owner = User(host, login);
        if (inPush)
            (owner["name"], owner["email"]) = (login, $"{login}@users.noreply.example.com");
        return owner;
    }

    private static void Times(JsonObject shape, bool inPush)
    {
        shape["created_at"] = inPush ? 1767323045 : "2026-01-02T03:04:05Z";
        shape["updated_at"] = "2026-01-02T03:04:05Z";
        shape["pushed_at"] = inPush ? 1767323045 : "2026-01-02T03:04:05Z";
    }

    private static string Node(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"0:{text}"));
}
