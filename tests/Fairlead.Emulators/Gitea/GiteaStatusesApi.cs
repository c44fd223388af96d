using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.Gitea;

/// <summary>Statuses of commits. The newest of a context is the one that counts.</summary>
internal static class GiteaStatusesApi
{
    public static Task Create(GiteaCall call, string[] path) =>
        GiteaRepositoriesApi.With(
            call,
            path,
            async one =>
            {
                if (!await call.Read("state", "target_url", "description", "context"))
                    return;
                string Field(string name) => (string?)call.Body[name] ?? "";
                var status = new GiteaStatus(
                    path[2],
                    Field("state"),
                    Field("context") is { Length: > 0 } context ? context : "default",
                    Field("description"),
                    Field("target_url")
                );
                if (!one.Writers.Contains(call.Token!.Login))
                    await call.Refuse(403, "user should have a permission to write to a repo");
                else if (status.State is not ("pending" or "success" or "error" or "failure" or "warning"))
                    await call.Refuse(422, "unknown state");
                else if (!await new PushedCommits(call.Host.Bare.PathOf(one.FullName)).Has(status.Commit))
                    await call.Refuse(404, "object does not exist");
                else
                {
                    lock (one.Statuses)
                        one.Statuses.Add(status);
                    await call.Answer(201, GiteaShapes.Status(call.Host, one, status));
                }
            }
        );

    public static Task All(GiteaCall call, string[] path) =>
        GiteaRepositoriesApi.With(
            call,
            path,
            one =>
                call.Page(
                    [.. Enumerable.Reverse(one.Statuses).Where(status => status.Commit == path[2])],
                    status => GiteaShapes.Status(call.Host, one, status)
                )
        );
}
