using System.Text.Json.Nodes;
using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.Gitea;

/// <summary>Who one is, and which repositories there are.</summary>
internal static class GiteaRepositoriesApi
{
    public static Task Version(GiteaCall call, string[] path) =>
        call.Answer(
            200,
            new JsonObject { ["version"] = call.Host.Flavour.NamesHeldScopes ? "1.24.0" : "15.0.0+gitea-1.22.0" }
        );

    public static Task User(GiteaCall call, string[] path) =>
        call.Answer(200, GiteaShapes.User(call.Host, call.Token!.Login));

    public static Task Mine(GiteaCall call, string[] path) =>
        call.Page(
            [.. call.Host.Repositories.Values.OrderBy(one => one.Id)],
            one => GiteaShapes.Repository(call.Host, one, call.Token!.Login)
        );

    public static Task One(GiteaCall call, string[] path) =>
        With(call, path, one => call.Answer(200, GiteaShapes.Repository(call.Host, one, call.Token!.Login)));

    public static Task ById(GiteaCall call, string[] path) =>
        call.Host.Repositories.Values.FirstOrDefault(one => one.Id.ToString() == path[0]) is { } one
            ? call.Answer(200, GiteaShapes.Repository(call.Host, one, call.Token!.Login))
            : call.Refuse(404, "The target couldn't be found.");

    public static Task Branches(GiteaCall call, string[] path) =>
        With(
            call,
            path,
            async one =>
                await call.Page(
                    await new PushedCommits(call.Host.Bare.PathOf(one.FullName)).Lines(
                        "for-each-ref",
                        "--format=%(objectname) %(refname:short)",
                        "refs/heads"
                    ),
                    line => new JsonObject
                    {
                        ["name"] = line[41..],
                        ["commit"] = new JsonObject { ["id"] = line[..40] },
                        ["protected"] = false,
                    }
                )
        );

    /// <summary>The repository the path names, or 404.</summary>
    public static Task With(GiteaCall call, string[] path, Func<GiteaRepository, Task> serve) =>
        call.Host.Repositories.TryGetValue($"{path[0]}/{path[1]}", out var one)
            ? serve(one)
            : call.Refuse(404, "The target couldn't be found.");
}
