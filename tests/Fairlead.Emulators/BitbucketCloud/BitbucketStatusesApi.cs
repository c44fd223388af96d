using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.BitbucketCloud;

/// <summary>Statuses of commits. One key has one status: the next writes over it.</summary>
internal static class BitbucketStatusesApi
{
    private const int LongestKey = 40;
    private const int LongestText = 255;
    private static readonly string[] States = ["INPROGRESS", "SUCCESSFUL", "FAILED", "STOPPED"];

    public static Task Create(BitbucketCall call, string[] path) =>
        BitbucketRepositoriesApi.With(
            call,
            path,
            async one =>
            {
                if (!await call.Read("key", "name", "state", "description", "url", "refname"))
                    return;
                string Field(string name) => (string?)call.Body[name] ?? "";
                var status = new BitbucketStatus(
                    path[2],
                    Field("key"),
                    Field("name"),
                    Field("state"),
                    Field("description")
                )
                {
                    Url = Field("url"),
                };
                if (status.Key.Length is 0 or > LongestKey)
                    await call.Wrong("key", $"Ensure this value has at most {LongestKey} characters.");
                else if (status.Name.Length > LongestText || status.Description.Length > LongestText)
                    await call.Wrong("description", $"Ensure this value has at most {LongestText} characters.");
                else if (!States.Contains(status.State))
                    await call.Wrong("state", "Select a valid choice.");
                else if (!await new PushedCommits(call.Host.Bare.PathOf(one.FullName)).Has(status.Commit))
                    await call.Refuse(404, $"Commit {status.Commit} not found");
                else
                {
                    lock (one.Statuses)
                    {
                        one.Statuses.RemoveAll(old => old.Commit == status.Commit && old.Key == status.Key);
                        one.Statuses.Add(status);
                    }
                    await call.Answer(201, BitbucketShapes.Status(call.Host, one, status));
                }
            }
        );

    public static Task All(BitbucketCall call, string[] path) =>
        BitbucketRepositoriesApi.With(
            call,
            path,
            one =>
                call.Page(
                    [.. one.Statuses.Where(status => status.Commit == path[2])],
                    status => BitbucketShapes.Status(call.Host, one, status)
                )
        );
}
