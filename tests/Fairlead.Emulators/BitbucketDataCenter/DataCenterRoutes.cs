using System.Text.RegularExpressions;

namespace Fairlead.Emulators.BitbucketDataCenter;

/// <summary>
/// The routes there are, each with the parameters it takes and the permission it wants, as the host's published
/// description has them. All else does not exist.
/// </summary>
internal sealed class DataCenterRoutes(DataCenterHost host)
{
    private const string One = "api/latest/projects/{key}/repos/{slug}";
    private static readonly string[] Pages = ["start", "limit"];

    private static readonly string[] Search =
    [
        .. Pages,
        "name",
        "projectname",
        "projectkey",
        "permission",
        "state",
        "visibility",
        "archived",
    ];

    /// <param name="Wanted">Null where nobody has to sign in.</param>
    private sealed record Route(
        string Method,
        string Path,
        string[] Query,
        DataCenterPermission? Wanted,
        Func<DataCenterCall, string[], Task> Serve
    );

    private const DataCenterPermission Read = DataCenterPermission.RepositoryRead;
    private const DataCenterPermission Admin = DataCenterPermission.RepositoryAdmin;

    private readonly Route[] _all =
    [
        new("GET", "api/latest/application-properties", [], null, DataCenterRepositoriesApi.Properties),
        new("GET", "api/latest/repos", Search, null, DataCenterRepositoriesApi.All),
        new("GET", "api/latest/projects", [.. Pages, "name", "permission"], null, DataCenterRepositoriesApi.Projects),
        new("GET", One, [], Read, DataCenterRepositoriesApi.One),
        new(
            "GET",
            One + "/branches",
            [.. Pages, "base", "boostMatches", "context", "orderBy", "details", "filterText"],
            Read,
            DataCenterRepositoriesApi.Branches
        ),
        new(
            "GET",
            One + "/pull-requests",
            [.. Pages, "state", "order", "at", "direction", "withAttributes", "withProperties", "filterText"],
            Read,
            DataCenterRequests.All
        ),
        new("GET", One + "/webhooks", [.. Pages, "event", "statistics"], Admin, DataCenterHooksApi.All),
        new("POST", One + "/webhooks", [], Admin, DataCenterHooksApi.Create),
        new(
            "POST",
            One + "/webhooks/test",
            ["webhookId", "sslVerificationRequired", "url"],
            Admin,
            DataCenterHooksApi.Test
        ),
        new("GET", One + "/webhooks/{id}", ["statistics"], Admin, DataCenterHooksApi.One),
        new("PUT", One + "/webhooks/{id}", [], Admin, DataCenterHooksApi.Change),
        new("DELETE", One + "/webhooks/{id}", [], Admin, DataCenterHooksApi.Delete),
        new("POST", One + "/commits/{commit}/builds", [], Read, DataCenterStatusesApi.Create),
        new("GET", One + "/commits/{commit}/builds", ["key"], Read, DataCenterStatusesApi.One),
    ];

    public async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.ToString()["/rest".Length..].Trim('/');
        var call = new DataCenterCall(host, http, path);
        if (Match(http.Request.Method, path) is not var (route, values))
        {
            host.Violation($"route {http.Request.Method} {path}");
            await call.Refuse(404, "null for uri", "server.NotFoundException");
            return;
        }
        foreach (var odd in http.Request.Query.Keys.Where(key => !route.Query.Contains(key)))
            host.Violation($"parameter {odd} of {http.Request.Method} {path}");
        if (call.Token is null && (route.Wanted is not null || http.Request.Headers.Authorization.Count > 0))
            await call.Refuse(
                401,
                "Authentication failed. Please check your credentials and try again.",
                "auth.IncorrectPasswordAuthenticationException"
            );
        else if (route.Wanted > call.Token?.Permission)
            await call.NotPermitted();
        else
            await route.Serve(call, values);
    }

    private (Route, string[])? Match(string method, string path)
    {
        foreach (var route in _all.Where(route => route.Method == method))
        {
            var pattern = "^" + Regex.Replace(route.Path, @"\{\w+\}", "([^/]+)") + "$";
            if (Regex.Match(path, pattern) is { Success: true } found)
                return (route, [.. found.Groups.Values.Skip(1).Select(group => Uri.UnescapeDataString(group.Value))]);
        }
        return null;
    }
}
