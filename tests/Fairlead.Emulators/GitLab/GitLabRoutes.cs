using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fairlead.Emulators.GitLab;

/// <summary>
/// The routes there are, each with the parameters it takes, the scopes and the role it wants. All else does not exist.
/// </summary>
internal sealed class GitLabRoutes(GitLabHost host)
{
    private static readonly string[] Pages = ["page", "per_page"];

    /// <param name="Scopes">One of these lets a token in; empty for any token.</param>
    /// <param name="Role">The least role in the project; 0 for none.</param>
    private sealed record Route(
        string Method,
        string Path,
        string[] Query,
        string[] Scopes,
        int Role,
        Func<GitLabCall, string[], Task> Serve
    );

    private const int Reporter = 20;
    private const int Developer = 30;
    private const int Maintainer = 40;
    private const string Project = "projects/{id}";
    private const string Request = "projects/{id}/merge_requests/{iid}";
    private const string Hook = "projects/{id}/hooks/{hook}";
    private static readonly string[] Reads = ["api", "read_api"];
    private static readonly string[] Writes = ["api"];

    private readonly Route[] _all =
    [
        new("GET", "version", [], [.. Reads, "read_user"], 0, GitLabProjectsApi.Version),
        new("GET", "user", [], [.. Reads, "read_user"], 0, GitLabProjectsApi.User),
        new("GET", "personal_access_tokens/self", [], [], 0, GitLabProjectsApi.Self),
        new("GET", "projects", [.. Pages, .. GitLabProjectsApi.Filters], Reads, 0, GitLabProjectsApi.All),
        new("GET", Project, [], Reads, Reporter, GitLabProjectsApi.One),
        new("GET", Project + "/repository/branches", [.. Pages, "search"], Reads, Reporter, GitLabProjectsApi.Branches),
        new(
            "GET",
            Project + "/merge_requests",
            [.. Pages, "state", "scope", "order_by", "sort"],
            Reads,
            Reporter,
            GitLabRequests.All
        ),
        new("GET", Project + "/hooks", Pages, Reads, Maintainer, GitLabHooksApi.All),
        new("POST", Project + "/hooks", [], Writes, Maintainer, GitLabHooksApi.Create),
        new("GET", Hook, [], Reads, Maintainer, GitLabHooksApi.One),
        new("PUT", Hook, [], Writes, Maintainer, GitLabHooksApi.Change),
        new("DELETE", Hook, [], Writes, Maintainer, GitLabHooksApi.Delete),
        new("POST", Hook + "/test/{trigger}", [], Writes, Maintainer, GitLabHooksApi.Test),
        new("GET", Hook + "/events", [.. Pages, "status"], Reads, Maintainer, GitLabHooksApi.Events),
        new("POST", Project + "/merge_requests", [], Writes, Developer, GitLabRequestsApi.Create),
        new("GET", Request, [], Reads, Reporter, GitLabRequestsApi.One),
        new("PUT", Request, [], Writes, Developer, GitLabRequestsApi.Change),
        new("PUT", Request + "/merge", [], Writes, Developer, GitLabRequestsApi.Accept),
        new("POST", Project + "/deploy_tokens", [], Writes, Maintainer, GitLabDeployTokensApi.Create),
        new("DELETE", Project + "/deploy_tokens/{token}", [], Writes, Maintainer, GitLabDeployTokensApi.Delete),
        new("POST", Project + "/statuses/{sha}", [], Writes, Developer, GitLabStatusesApi.Create),
        new(
            "GET",
            Project + "/repository/commits/{sha}/statuses",
            [.. Pages, "all", "name", "ref", "stage"],
            Reads,
            Reporter,
            GitLabStatusesApi.All
        ),
    ];

    public async Task Answer(HttpContext http, string path)
    {
        var call = new GitLabCall(host, http, path);
        if (await RefusesCaller(call) || await SendsOn(call))
            return;
        var (route, values) = Match(call.Request.Method, path);
        if (route is null)
        {
            host.Violation($"route {http.Request.Method} {path}");
            await call.Wrong(404, "404 Not Found");
        }
        else if (http.Request.Query.Keys.FirstOrDefault(key => !route.Query.Contains(key)) is { } odd)
        {
            host.Violation($"parameter {odd} of {http.Request.Method} {path}");
            await call.Wrong(400, $"{odd} is invalid");
        }
        else if (await IsAllowed(call, route))
        {
            await route.Serve(call, values);
        }
    }

    private static async Task<bool> RefusesCaller(GitLabCall call)
    {
        var known = call.Host.Find(GitLabCall.TokenOf(call.Request));
        if (known is { IsRevoked: true })
            await Invalid(call, "Token was revoked. You have to re-authorize from the user.");
        else if (known is not null && call.Host.IsExpired(known))
            await Invalid(call, "Token is expired. You can either do re-authorization or token refresh.");
        else if (call.Token is null)
            await call.Refuse(401, "401 Unauthorized");
        else if (call.Token.Remaining <= 0)
            await call.Limited();
        else
            return false;
        return true;
    }

    private static Task Invalid(GitLabCall call, string why) =>
        call.Answer(401, new JsonObject { ["error"] = "invalid_token", ["error_description"] = why });

    /// <summary>To where a moved project is found by its id; only reads are sent on.</summary>
    private async Task<bool> SendsOn(GitLabCall call)
    {
        if (call.Path.Split('/') is not ["projects", var id, .. var rest])
            return false;
        var path = Uri.UnescapeDataString(id);
        var moved = host.Projects.Values.FirstOrDefault(one => one.FormerPaths.Contains(path));
        if (moved is null || host.Projects.ContainsKey(path))
            return false;
        if (call.Request.Method != "GET")
        {
            await call.Refuse(405, "405 Non GET methods are not allowed for moved projects");
            return true;
        }
        var to = $"{host.Url}api/v4/{string.Join('/', ["projects", moved.Id.ToString(), .. rest])}";
        call.Request.HttpContext.Response.Headers.Location = to + call.Request.QueryString;
        await call.Refuse(301, "This resource has been moved permanently to " + to);
        return true;
    }

    private static async Task<bool> IsAllowed(GitLabCall call, Route route)
    {
        if (route.Scopes.Length > 0 && !call.Token!.Scopes.Intersect(route.Scopes).Any())
        {
            await call.Answer(
                403,
                new JsonObject
                {
                    ["error"] = "insufficient_scope",
                    ["error_description"] = "The request requires higher privileges than provided by the access token.",
                    ["scope"] = string.Join(' ', route.Scopes),
                }
            );
            return false;
        }
        if (call.Token!.AccessLevel >= route.Role)
            return true;
        await call.Refuse(403, "403 Forbidden");
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
