using System.Text.RegularExpressions;

namespace Fairlead.Emulators.GitHub;

/// <summary>
/// The routes there are, each with the parameters it takes and the privilege it wants. All else does not exist.
/// </summary>
internal sealed class GitHubRoutes(GitHubHost host)
{
    private static readonly string[] Pages = ["page", "per_page"];

    /// <param name="Scopes">One of these lets a classic token in; empty for any token.</param>
    /// <param name="Permission">What a fine-grained token needs: <c>repository_hooks=write</c>.</param>
    private sealed record Route(
        string Method,
        string Path,
        string[] Query,
        string[] Scopes,
        string? Permission,
        Func<GitHubCall, string[], Task> Serve
    );

    private static readonly string[] Code = ["repo", "public_repo"];
    private static readonly string[] HooksRead = ["admin:repo_hook", "read:repo_hook", "repo", "write:repo_hook"];
    private static readonly string[] HooksWrite = ["admin:repo_hook", "repo", "write:repo_hook"];
    private static readonly string[] HooksDelete = ["admin:repo_hook", "repo"];
    private static readonly string[] Status = ["repo", "repo:status"];
    private const string Repository = "repos/{owner}/{name}";

    private readonly Route[] _all =
    [
        new("GET", "user", [], [], null, GitHubRepositoriesApi.User),
        new(
            "GET",
            "user/repos",
            [.. Pages, "visibility", "affiliation", "type", "sort", "direction", "since", "before"],
            Code,
            "metadata=read",
            GitHubRepositoriesApi.Mine
        ),
        new("GET", "installation/repositories", Pages, [], "metadata=read", GitHubRepositoriesApi.Installed),
        new("DELETE", "installation/token", [], [], null, GitHubAppsApi.TakeBack),
        new("GET", Repository, [], Code, "metadata=read", GitHubRepositoriesApi.One),
        new(
            "GET",
            $"{Repository}/branches",
            [.. Pages, "protected"],
            Code,
            "contents=read",
            GitHubRepositoriesApi.Branches
        ),
        new(
            "GET",
            $"{Repository}/pulls",
            [.. Pages, "state", "head", "base", "sort", "direction"],
            Code,
            "pull_requests=read",
            GitHubRequests.All
        ),
        new("GET", $"{Repository}/hooks", Pages, HooksRead, "repository_hooks=read", GitHubHooksApi.All),
        new("POST", $"{Repository}/hooks", [], HooksWrite, "repository_hooks=write", GitHubHooksApi.Create),
        new("GET", Repository + "/hooks/{id}", [], HooksRead, "repository_hooks=read", GitHubHooksApi.One),
        new("PATCH", Repository + "/hooks/{id}", [], HooksWrite, "repository_hooks=write", GitHubHooksApi.Change),
        new("DELETE", Repository + "/hooks/{id}", [], HooksDelete, "repository_hooks=write", GitHubHooksApi.Delete),
        new("POST", Repository + "/hooks/{id}/pings", [], HooksRead, "repository_hooks=read", GitHubHooksApi.Ping),
        new(
            "GET",
            Repository + "/hooks/{id}/deliveries",
            ["per_page", "cursor", "status"],
            HooksRead,
            "repository_hooks=read",
            GitHubHooksApi.Deliveries
        ),
        new(
            "GET",
            Repository + "/hooks/{id}/deliveries/{delivery}",
            [],
            HooksRead,
            "repository_hooks=read",
            GitHubHooksApi.Delivery
        ),
        new("POST", Repository + "/merges", [], Code, "contents=write", GitHubMergesApi.Create),
        new("POST", Repository + "/statuses/{sha}", [], Status, "statuses=write", GitHubStatusesApi.Create),
        new("GET", Repository + "/commits/{sha}/statuses", Pages, Status, "statuses=read", GitHubStatusesApi.All),
    ];

    public async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.ToString()["/api/v3".Length..].Trim('/');
        var call = new GitHubCall(host, http, path);
        if (path.Split('/') is ["app-manifests", var code, "conversions"] && call.Request.Method == "POST")
        {
            await host.Manifests.Convert(http, code);
            return;
        }
        if (GitHubAppsApi.Has(path))
        {
            await GitHubAppsApi.Answer(call);
            return;
        }
        if (await RefusesCaller(call) || await SendsOn(call))
            return;
        var (route, values) = Match(call.Request.Method, Canonical(path));
        if (route is null)
        {
            host.Violation($"route {http.Request.Method} {path}");
            await call.Refuse(404, "Not Found");
        }
        else if (http.Request.Query.Keys.FirstOrDefault(key => !route.Query.Contains(key)) is { } odd)
        {
            host.Violation($"parameter {odd} of {http.Request.Method} {path}");
            await call.Refuse(422, $"{odd} is not a parameter");
        }
        else if (await IsAllowed(call, route))
        {
            await route.Serve(call, values);
        }
    }

    private static async Task<bool> RefusesCaller(GitHubCall call)
    {
        var (host, headers) = (call.Host, call.Request.Headers);
        if (headers.UserAgent.Count == 0)
        {
            host.Violation("a request without User-Agent");
            await call.Refuse(
                403,
                "Request forbidden by administrative rules. Please make sure your request has a User-Agent header"
            );
        }
        else if (
            !Regex.IsMatch(headers.Accept.ToString(), @"^(application/vnd\.github[\w.+-]*|application/json|\*/\*)")
        )
        {
            host.Violation($"Accept: {headers.Accept}");
            await call.Refuse(415, "Unsupported 'Accept' header");
        }
        else if (
            headers["X-GitHub-Api-Version"].ToString() is { Length: > 0 } version and not ("2022-11-28" or "2026-03-10")
        )
        {
            host.Violation($"X-GitHub-Api-Version: {version}");
            await call.Refuse(400, "This API version is not supported");
        }
        else if (call.Token is null)
            await call.Refuse(
                401,
                call.Request.Headers.Authorization.Count == 0 ? "Requires authentication" : "Bad credentials"
            );
        else if (call.Token.Installation is { SuspendedAt: not null })
            await call.Refuse(403, "This installation has been suspended");
        else if (call.Token.Remaining == 0)
            await call.Refuse(403, $"API rate limit exceeded for user {call.Token.Login}.");
        else
            return false;
        return true;
    }

    /// <summary>To where a renamed repository is found by its id: reads by 301, the rest by 307.</summary>
    private async Task<bool> SendsOn(GitHubCall call)
    {
        var parts = call.Path.Split('/');
        if (parts is not ["repos", var owner, var name, .. var rest])
            return false;
        var moved = host.Repositories.Values.FirstOrDefault(one => one.FormerNames.Contains($"{owner}/{name}"));
        if (moved is null || host.Find($"{owner}/{name}") is not null)
            return false;
        var to = $"{host.Url}api/v3/{string.Join('/', ["repositories", moved.Id.ToString(), .. rest])}";
        call.Request.HttpContext.Response.Headers.Location = to + call.Request.QueryString;
        await call.Refuse(call.Request.Method == "GET" ? 301 : 307, "Moved Permanently");
        return true;
    }

    private string Canonical(string path)
    {
        var parts = path.Split('/');
        return parts is not ["repositories", var id, .. var rest] ? path
            : host.Repositories.Values.FirstOrDefault(one => one.Id.ToString() == id) is { } repository
                ? string.Join('/', ["repos", repository.Owner, repository.Name, .. rest])
            : string.Join('/', ["repos", "-", "-", .. rest]);
    }

    private static async Task<bool> IsAllowed(GitHubCall call, Route route)
    {
        var token = call.Token!;
        var headers = call.Request.HttpContext.Response.Headers;
        if (token.Scopes is { } scopes)
            headers["X-Accepted-OAuth-Scopes"] = string.Join(", ", route.Scopes);
        else if (route.Permission is { } permission)
            headers["X-Accepted-GitHub-Permissions"] = permission;
        var allowed = token.Scopes is not null
            ? route.Scopes.Length == 0 || token.Scopes.Intersect(route.Scopes).Any()
            : route.Permission is null or "metadata=read"
                || token.Permissions.Contains(route.Permission)
                || token.Permissions.Contains(route.Permission.Replace("=read", "=write"));
        if (allowed)
            return true;
        if (token.Scopes is not null)
            await call.Refuse(404, "Not Found");
        else
            await call.Refuse(
                403,
                token.Installation is null
                    ? "Resource not accessible by personal access token"
                    : "Resource not accessible by integration"
            );
        return false;
    }

    private (Route? Route, string[] Values) Match(string method, string path)
    {
        foreach (var route in _all.Where(route => route.Method == method))
        {
            var pattern = "^" + Regex.Replace(route.Path, @"\{\w+\}", "([^/]+)") + "$";
            if (Regex.Match(path, pattern) is { Success: true } found)
                return (route, [.. found.Groups.Values.Skip(1).Select(group => Uri.UnescapeDataString(group.Value))]);
        }
        return (null, []);
    }
}
