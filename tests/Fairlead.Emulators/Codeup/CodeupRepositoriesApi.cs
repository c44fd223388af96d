using System.Text.Json.Nodes;

namespace Fairlead.Emulators.Codeup;

/// <summary>Who one is, and which repositories there are.</summary>
internal static class CodeupRepositoriesApi
{
    public static Task User(CodeupCall call, string[] path) =>
        call.Answer(
            200,
            new JsonObject
            {
                ["id"] = $"99d1-{call.Token!.Login}",
                ["name"] = call.Token.Login.ToUpperInvariant(),
                ["username"] = call.Token.Login,
                ["nickName"] = call.Token.Login,
                ["email"] = $"{call.Token.Login}@example.com",
                ["lastOrganization"] = call.Host.Edition.Organization,
                ["staffId"] = "",
                ["sysDeptIds"] = new JsonArray(),
                ["createdAt"] = "2023-03-22T12:44:50.048Z",
            }
        );

    public static Task CloneUser(CodeupCall call, string[] path) =>
        path[0] == $"99d1-{call.Token!.Login}"
            ? call.Answer(200, new JsonObject { ["httpsCloneUsername"] = call.Token.CloneUser })
            : call.Refuse(404, "NotFound");

    public static Task All(CodeupCall call, string[] path) =>
        call.Page([.. call.Host.Repositories.Values.OrderBy(one => one.Id)], one => Shape(call.Host, one));

    public static Task One(CodeupCall call, string[] path) =>
        With(
            call,
            path,
            one =>
            {
                var detail = Shape(call.Host, one);
                foreach (var name in new[] { "namespaceId", "encrypted", "repositorySize" })
                    detail.Remove(name);
                detail["defaultBranch"] = one.DefaultBranch;
                detail["httpUrlToRepo"] = call.Host.UrlOf(one).ToString();
                detail["sshUrlToRepo"] = $"git@{call.Host.Url.Host}:{one.FullPath}.git";
                detail["allowPush"] = true;
                return call.Answer(200, detail);
            }
        );

    /// <summary>The repository the path names by id or by full path, or 404.</summary>
    public static Task With(CodeupCall call, string[] path, Func<CodeupRepository, Task> serve)
    {
        var all = call.Host.Repositories.Values;
        var found =
            all.FirstOrDefault(one => one.Id.ToString() == path[0] || one.FullPath == path[0])
            ?? all.FirstOrDefault(one => call.Host.Edition.FollowsFormerNames && one.FormerPaths.Contains(path[0]));
        return found is not null ? serve(found) : call.Refuse(404, "NotFound");
    }

    /// <summary>As lists have it: without a clone address or default branch.</summary>
    private static JsonObject Shape(CodeupHost host, CodeupRepository one) =>
        new()
        {
            ["id"] = one.Id,
            ["path"] = one.Name,
            ["name"] = one.Name,
            ["pathWithNamespace"] = one.FullPath,
            ["nameWithNamespace"] = one.FullPath.Replace("/", " / "),
            ["description"] = "",
            ["visibility"] = one.Visibility,
            ["webUrl"] = $"{host.Url}{host.GitBelow}{one.FullPath}",
            ["namespaceId"] = 1,
            ["accessLevel"] = one.AccessLevel,
            ["archived"] = false,
            ["encrypted"] = false,
            ["repositorySize"] = "1",
            ["lastActivityAt"] = "2024-10-05T15:30:45Z",
            ["createdAt"] = "2024-10-05T15:30:45Z",
            ["updatedAt"] = "2024-10-05T15:30:45Z",
        };
}
