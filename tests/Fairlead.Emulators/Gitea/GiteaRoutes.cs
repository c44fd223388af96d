using System.Text.RegularExpressions;

namespace Fairlead.Emulators.Gitea;

/// <summary>
/// The routes there are, each with the parameters it takes and the scopes it wants. All else does not exist. The check
/// of scopes comes before anything is looked for, as in the real host.
/// </summary>
internal sealed class GiteaRoutes(GiteaHost host)
{
    private static readonly string[] Pages = ["page", "limit"];
    private const string One = "repos/{owner}/{name}";

    /// <param name="Categories">Of scopes; reading wants <c>read:</c> of each, the rest <c>write:</c>.</param>
    private sealed record Route(
        string Method,
        string Path,
        string[] Query,
        string[] Categories,
        Func<GiteaCall, string[], Task> Serve
    );

    private readonly Route[] _all =
    [
        new("GET", "version", [], [], GiteaRepositoriesApi.Version),
        new("GET", "user", [], ["user"], GiteaRepositoriesApi.User),
        new("GET", "user/repos", Pages, ["user", "repository"], GiteaRepositoriesApi.Mine),
        new("GET", "admin/cron", Pages, ["admin"], (call, _) => call.Refuse(403, "user should be the site admin")),
        new("GET", One, [], ["repository"], GiteaRepositoriesApi.One),
        new("GET", "repositories/{id}", [], ["repository"], GiteaRepositoriesApi.ById),
        new("GET", One + "/branches", Pages, ["repository"], GiteaRepositoriesApi.Branches),
        new("GET", One + "/pulls", [.. Pages, "state", "sort"], ["repository"], GiteaRequests.All),
        new("GET", One + "/hooks", Pages, ["repository"], GiteaHooksApi.All),
        new("POST", One + "/hooks", [], ["repository"], GiteaHooksApi.Create),
        new("GET", One + "/hooks/{id}", [], ["repository"], GiteaHooksApi.One),
        new("PATCH", One + "/hooks/{id}", [], ["repository"], GiteaHooksApi.Change),
        new("DELETE", One + "/hooks/{id}", [], ["repository"], GiteaHooksApi.Delete),
        new("POST", One + "/hooks/{id}/tests", ["ref"], ["repository"], GiteaHooksApi.Test),
        new("POST", One + "/statuses/{sha}", [], ["repository"], GiteaStatusesApi.Create),
        new("GET", One + "/statuses/{sha}", [.. Pages, "sort", "state"], ["repository"], GiteaStatusesApi.All),
    ];

    public async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.ToString()["/api/v1".Length..].Trim('/');
        var call = new GiteaCall(host, http, path);
        if (Match(http.Request.Method, path) is not var (route, values))
        {
            host.Violation($"route {http.Request.Method} {path}");
            await call.Refuse(404, "Not Found");
            return;
        }
        foreach (var odd in http.Request.Query.Keys.Where(key => !route.Query.Contains(key)))
            host.Violation($"parameter {odd} of {http.Request.Method} {path}");
        if (call.Token is null && route.Categories.Length > 0)
            await call.Refuse(401, "token is required");
        else if (Lacking(call, route) is { } lacking)
            await call.Refuse(403, lacking);
        else if (!SendsOn(call))
            await route.Serve(call, values);
    }

    private string? Lacking(GiteaCall call, Route route)
    {
        var level = route.Method == "GET" ? "read" : "write";
        var wanted = route.Categories.Where(category => !call.Token!.Has(level, category)).ToList();
        if (wanted.Count == 0)
            return null;
        const string start = "token does not have at least one of required scope(s)";
        return host.Flavour.NamesHeldScopes
            ? $"{start}, required=[{level}:{wanted[0]}], token scope={string.Join(',', call.Token!.Scopes)}"
            : $"{start}: [{level}:{wanted[0]}]";
    }

    /// <summary>To the name that a renamed repository has now.</summary>
    private bool SendsOn(GiteaCall call)
    {
        if (call.Path.Split('/') is not ["repos", var owner, var name, .. var rest])
            return false;
        var old = $"{owner}/{name}";
        var moved = host.Repositories.Values.FirstOrDefault(one => one.FormerNames.Contains(old));
        if (moved is null || host.Repositories.ContainsKey(old))
            return false;
        var response = call.Request.HttpContext.Response;
        var to = string.Join('/', ["repos", moved.FullName, .. rest]);
        response.Headers.Location = $"{host.Flavour.Below}/api/v1/{to}{call.Request.QueryString}";
        response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        return true;
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
