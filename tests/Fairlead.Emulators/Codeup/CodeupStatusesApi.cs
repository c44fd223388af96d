using System.Text.Json.Nodes;

namespace Fairlead.Emulators.Codeup;

/// <summary>Statuses of commits. What the same context says again is written over.</summary>
internal static class CodeupStatusesApi
{
    private const int LongestContext = 50;
    private const int LongestDescription = 3000;

    public static Task Create(CodeupCall call, string[] path) =>
        CodeupRepositoriesApi.With(
            call,
            path,
            async one =>
            {
                if (!await call.Read("state", "context", "description", "targetUrl"))
                    return;
                string Field(string name) => (string?)call.Body[name] ?? "";
                var context = Field("context") is { Length: > 0 } given ? given : "default";
                if (
                    Field("state") is not ("error" or "failure" or "pending" or "success")
                    || context.Length > LongestContext
                    || Field("description").Length > LongestDescription
                )
                {
                    await call.Refuse(400, "BadRequest");
                    return;
                }
                CodeupStatus status;
                lock (one.Statuses)
                {
                    status =
                        one.Statuses.Find(old => old.Commit == path[1] && old.Context == context)
                        ?? new CodeupStatus(call.Host.NextId(), path[1], context);
                    one.Statuses.Remove(status);
                    one.Statuses.Add(status);
                }
                (status.State, status.Description) = (Field("state"), Field("description"));
                status.TargetUrl = Field("targetUrl");
                await call.Answer(200, Shape(status));
            }
        );

    public static Task All(CodeupCall call, string[] path) =>
        CodeupRepositoriesApi.With(
            call,
            path,
            one => call.Page([.. one.Statuses.Where(status => status.Commit == path[1])], Shape)
        );

    private static JsonObject Shape(CodeupStatus status) =>
        new()
        {
            ["id"] = status.Id,
            ["sha"] = status.Commit,
            ["state"] = status.State,
            ["context"] = status.Context,
            ["description"] = status.Description,
            ["targetUrl"] = status.TargetUrl,
        };
}
