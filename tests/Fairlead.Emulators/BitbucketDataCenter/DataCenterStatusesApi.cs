using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.BitbucketDataCenter;

/// <summary>Build statuses of commits. One key has one status: the next writes over it.</summary>
internal static class DataCenterStatusesApi
{
    private const int LongestText = 255;
    private const int LongestUrl = 450;
    private static readonly string[] States = ["INPROGRESS", "SUCCESSFUL", "FAILED", "CANCELLED", "UNKNOWN"];

    private static readonly string[] Fields =
    [
        "key",
        "state",
        "url",
        "name",
        "description",
        "ref",
        "buildNumber",
        "duration",
        "lastUpdated",
        "parent",
        "testResults",
    ];

    public static Task Create(DataCenterCall call, string[] path) =>
        DataCenterRepositoriesApi.With(
            call,
            path,
            async one =>
            {
                if (!await call.Read(Fields))
                    return;
                string Field(string name) => (string?)call.Body[name] ?? "";
                var status = new DataCenterStatus(
                    path[2],
                    Field("key"),
                    Field("state"),
                    Field("url"),
                    (string?)call.Body["name"]
                );
                if (Wrong(status))
                    await call.Refuse(400, "The build status is not valid.", "validation.ArgumentValidationException");
                else if (!await new PushedCommits(call.Host.PathOf(one)).Has(status.Commit))
                    await call.Refuse(404, "There is no such commit.", "commit.NoSuchCommitException");
                else
                {
                    lock (one.Statuses)
                    {
                        one.Statuses.RemoveAll(old => old.Commit == status.Commit && old.Key == status.Key);
                        one.Statuses.Add(status);
                    }
                    await call.Answer(204, null);
                }
            }
        );

    public static Task One(DataCenterCall call, string[] path) =>
        DataCenterRepositoriesApi.With(
            call,
            path,
            one =>
                one.Statuses.Find(status => status.Commit == path[2] && status.Key == call.Request.Query["key"])
                    is { } found
                    ? call.Answer(200, DataCenterShapes.Status(call.Host, found))
                    : call.Refuse(404, "There is no such build status.", "build.NoSuchBuildStatusException")
        );

    private static bool Wrong(DataCenterStatus status) =>
        status.Key.Length is 0 or > LongestText
        || status.Name?.Length > LongestText
        || status.Url.Length is 0 or > LongestUrl
        || !States.Contains(status.State);
}
