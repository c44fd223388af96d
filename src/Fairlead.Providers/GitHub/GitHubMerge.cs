using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHub;

/// <summary><c>POST /repos/{owner}/{repo}/merges</c>: a merge that the host signs (facts/codehosts.md 2.6).</summary>
internal sealed record WireMergeWish(string Base, string Head, string CommitMessage);

/// <param name="Sha">Of the merge; there is no body when there was nothing to merge.</param>
internal sealed record WireMerged(string? Sha);

internal static class GitHubMerge
{
    /// <summary>By its commit, so that what was pushed to the branch meanwhile is not merged.</summary>
    public static async Task<Outcome<CommitSha>> Run(
        GitHubApi api,
        string repository,
        MergeWish wish,
        CancellationToken cancel
    )
    {
        var body = new WireMergeWish(wish.Into.Name, wish.At.Value, wish.Message);
        if (!(await api.Merge(repository, body, cancel)).Try(out var answer, out var failure))
            return failure;
        return
            answer.Response.Status == 201
            && api.Rest.Parse<WireMerged>(answer).Try(out var merged, out _)
            && CommitSha.TryParse(merged.Sha, out var commit)
            ? commit
            : RestFailures.NotJson(answer.Url.IdnHost);
    }
}
