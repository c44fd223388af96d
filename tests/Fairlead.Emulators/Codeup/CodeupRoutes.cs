using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Emulators.Codeup;

/// <summary>
/// The routes there are, each with the parameters it takes and the right it wants. All else does not exist.
/// </summary>
internal sealed class CodeupRoutes(CodeupHost host)
{
    private const string Api = "/oapi/v1/";
    private const string One = "repositories/{id}";
    private static readonly string[] Pages = ["page", "perPage"];

    /// <param name="Path">Of the code API where it begins with no <c>platform</c>.</param>
    private sealed record Route(
        string Method,
        string Path,
        string[] Query,
        CodeupRight? Right,
        Func<CodeupCall, string[], Task> Serve
    );

    private readonly Route[] _all =
    [
        new("GET", "platform/user", [], null, CodeupRepositoriesApi.User),
        new("GET", "platform/users:me", [], null, CodeupRepositoriesApi.User),
        new("GET", "users/{id}/httpsCloneUsername", [], CodeupRight.ReadMembers, CodeupRepositoriesApi.CloneUser),
        new(
            "GET",
            "repositories",
            [.. Pages, "orderBy", "sort", "search", "archived"],
            CodeupRight.ReadRepositories,
            CodeupRepositoriesApi.All
        ),
        new(
            "GET",
            "changeRequests",
            [.. Pages, "projectIds", "state", "orderBy", "sort", "search"],
            CodeupRight.ReadRequests,
            CodeupRequests.All
        ),
        new("GET", One, [], CodeupRight.ReadRepositories, CodeupRepositoriesApi.One),
        new("GET", One + "/webhooks", Pages, CodeupRight.ReadHooks, CodeupHooksApi.All),
        new("POST", One + "/webhooks", [], CodeupRight.WriteHooks, CodeupHooksApi.Create),
        new("GET", One + "/webhooks/{hook}", [], CodeupRight.ReadHooks, CodeupHooksApi.One),
        new("PUT", One + "/webhooks/{hook}", [], CodeupRight.WriteHooks, CodeupHooksApi.Change),
        new("DELETE", One + "/webhooks/{hook}", [], CodeupRight.WriteHooks, CodeupHooksApi.Delete),
        new("GET", One + "/commits/{sha}/statuses", Pages, CodeupRight.ReadStatuses, CodeupStatusesApi.All),
        new("POST", One + "/commits/{sha}/statuses", [], CodeupRight.WriteStatuses, CodeupStatusesApi.Create),
    ];

    public async Task Answer(HttpContext http)
    {
        var raw = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var path = raw.Split('?')[0][Api.Length..];
        var call = new CodeupCall(host, http, path);
        if (Match(http.Request.Method, path) is not var (route, values))
        {
            host.Violation($"route {http.Request.Method} {path}");
            await call.Refuse(404, "NotFound");
            return;
        }
        foreach (var odd in http.Request.Query.Keys.Where(key => !route.Query.Contains(key)))
            host.Violation($"parameter {odd} of {http.Request.Method} {path}");
        if (call.Token is not { } token)
            await call.Refuse(401, "InvalidTokenError");
        else if (token.IsExpired)
            await call.Refuse(401, "ExpiredTokenError");
        else if (path.StartsWith("codeup") && token.IsOutside)
            await call.Refuse(403, "Forbidden.InvalidUser.UserNotInCurrentOrganization");
        else if (route.Right is { } right && !token.Rights.Contains(right))
            await call.Refuse(403, "Forbidden");
        else
            await route.Serve(call, values);
    }

    private (Route, string[])? Match(string method, string path)
    {
        var code = host.Edition.Organization is { } id ? $"codeup/organizations/{id}/" : "codeup/";
        foreach (var route in _all.Where(route => route.Method == method))
        {
            if (route.Path == "platform/user" && !host.Edition.HasPlatformUser)
                continue;
            var whole = route.Path.StartsWith("platform") ? route.Path : code + route.Path;
            var pattern = "^" + Regex.Replace(whole, @"\{\w+\}", "([^/]+)") + "$";
            if (Regex.Match(path, pattern) is { Success: true } found)
                return (route, [.. found.Groups.Values.Skip(1).Select(group => Uri.UnescapeDataString(group.Value))]);
        }
        return null;
    }
}
