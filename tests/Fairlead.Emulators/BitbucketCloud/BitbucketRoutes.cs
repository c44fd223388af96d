using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fairlead.Emulators.BitbucketCloud;

/// <summary>
/// The routes there are, each with the parameters it takes and the scopes it wants, as the host's published
/// description has them. All else does not exist.
/// </summary>
internal sealed class BitbucketRoutes(BitbucketHost host)
{
    private static readonly string[] Pages = ["page", "pagelen"];
    private const string One = "repositories/{workspace}/{slug}";
    private const string ReadCode = "read:repository:bitbucket";
    private const string ReadHooks = "read:webhook:bitbucket";
    private const string WriteHooks = "write:webhook:bitbucket";

    /// <param name="Scopes">All of them, in the newer spelling.</param>
    private sealed record Route(
        string Method,
        string Path,
        string[] Query,
        string[] Scopes,
        Func<BitbucketCall, string[], Task> Serve
    );

    private readonly Route[] _all =
    [
        new("GET", "user", [], ["read:user:bitbucket"], BitbucketRepositoriesApi.User),
        new(
            "GET",
            "user/workspaces",
            [.. Pages, "sort", "administrator"],
            ["read:workspace:bitbucket"],
            BitbucketRepositoriesApi.Workspaces
        ),
        new("GET", "repositories", [.. Pages, "after", "role", "q", "sort"], [], Removed),
        new("GET", "workspaces", [.. Pages, "role", "q", "sort"], [], Removed),
        new("GET", "user/permissions/repositories", [.. Pages, "q", "sort"], [], Removed),
        new(
            "GET",
            "repositories/{workspace}",
            [.. Pages, "role", "q", "sort"],
            [ReadCode],
            BitbucketRepositoriesApi.OfWorkspace
        ),
        new("GET", One, [], [ReadCode], BitbucketRepositoriesApi.One),
        new("GET", One + "/refs/branches", [.. Pages, "q", "sort"], [ReadCode], BitbucketRepositoriesApi.Branches),
        new(
            "GET",
            One + "/pullrequests",
            [.. Pages, "state", "q", "sort"],
            ["read:pullrequest:bitbucket"],
            BitbucketRequests.All
        ),
        new("GET", One + "/hooks", Pages, [ReadHooks], BitbucketHooksApi.All),
        new("POST", One + "/hooks", [], [ReadHooks, WriteHooks], BitbucketHooksApi.Create),
        new("GET", One + "/hooks/{uid}", [], [ReadHooks], BitbucketHooksApi.One),
        new("PUT", One + "/hooks/{uid}", [], [ReadHooks, WriteHooks], BitbucketHooksApi.Change),
        new("DELETE", One + "/hooks/{uid}", [], ["delete:webhook:bitbucket"], BitbucketHooksApi.Delete),
        new("POST", One + "/commit/{commit}/statuses/build", [], [ReadCode], BitbucketStatusesApi.Create),
        new(
            "GET",
            One + "/commit/{commit}/statuses",
            [.. Pages, "refname", "q", "sort"],
            [ReadCode],
            BitbucketStatusesApi.All
        ),
    ];

    public async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.ToString()["/2.0".Length..].Trim('/');
        var call = new BitbucketCall(host, http, path);
        if (Match(http.Request.Method, path) is not var (route, values))
        {
            host.Violation($"route {http.Request.Method} {path}");
            await call.Refuse(404, "Resource not found");
            return;
        }
        foreach (var odd in http.Request.Query.Keys.Where(key => !route.Query.Contains(key)))
            host.Violation($"parameter {odd} of {http.Request.Method} {path}");
        if (call.Token is not { } token)
        {
            await call.Refuse(401, "Token is invalid, expired, or not supported for this endpoint.");
            return;
        }
        Tell(http.Response, route, token);
        if (!route.Scopes.All(token.Has))
            await Lacks(call, route.Scopes);
        else if (!SendsOn(call))
            await route.Serve(call, values);
    }

    public static Task Lacks(BitbucketCall call, IEnumerable<string> scopes) =>
        call.Refuse(
            403,
            "Your credentials lack one or more required privilege scopes.",
            new JsonObject
            {
                ["granted"] = new JsonArray([.. call.Token!.Scopes.Select(scope => (JsonNode)scope)]),
                ["required"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]),
            }
        );

    private static void Tell(HttpResponse response, Route route, BitbucketToken token)
    {
        response.Headers["x-oauth-scopes"] = string.Join(", ", token.Scopes);
        response.Headers["x-accepted-oauth-scopes"] = string.Join(", ", route.Scopes);
        if (token.Email is null)
            response.Headers["x-credential-type"] = token.Kind;
    }

    /// <summary>As seen in 2026, at first for hours (facts/codehosts.md 12.1).</summary>
    public const string Announcement = """
        {"type": "error", "error": {"message": "CHANGE-2770 - Functionality has been deprecated",
         "detail": "Please read the changelog entry for more details.",
         "data": {"announcement_url": "https://changes.example/cloud/bitbucket#CHANGE-2770"}}}
        """;

    private static Task Removed(BitbucketCall call, string[] path) => call.Answer(410, JsonNode.Parse(Announcement));

    /// <summary>To the name that a renamed repository has now.</summary>
    private bool SendsOn(BitbucketCall call)
    {
        if (!host.SendsRenamedOn || call.Path.Split('/') is not ["repositories", var workspace, var slug, .. var rest])
            return false;
        var old = $"{workspace}/{slug}";
        var moved = host.Repositories.Values.FirstOrDefault(one => one.FormerNames.Contains(old));
        if (moved is null || host.Repositories.ContainsKey(old))
            return false;
        var response = call.Request.HttpContext.Response;
        var to = string.Join('/', ["repositories", moved.FullName, .. rest]);
        response.Headers.Location = $"{host.Url}2.0/{to}{call.Request.QueryString}";
        response.StatusCode = StatusCodes.Status301MovedPermanently;
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
