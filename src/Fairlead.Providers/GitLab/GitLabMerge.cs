using System.Text.Json.Serialization;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Sources;

namespace Fairlead.Providers.GitLab;

internal sealed record WireRequestWish(string SourceBranch, string TargetBranch, string Title);

/// <param name="Sha">What has to be the source's head for the merge to happen.</param>
internal sealed record WireAccept(string Sha, string MergeCommitMessage)
{
    public bool ShouldRemoveSourceBranch { get; init; }
    public bool Squash { get; init; }
}

/// <param name="Sha">The source's head, which a project that merges by fast-forward has the target lead to.</param>
internal sealed record WireRequest(long Iid, string? State, string? DetailedMergeStatus, string? Sha)
{
    public string? MergeCommitSha { get; init; }

    /// <summary>The host has not yet found out whether it may be merged (facts/codehosts.md 4.2).</summary>
    [JsonIgnore]
    public bool IsChecked => DetailedMergeStatus is not ("checking" or "preparing" or "unchecked");
}

/// <summary>
/// Merges by a merge request of its own: many projects let developers merge into a branch that they may not push to.
/// </summary>
internal sealed class GitLabMerge(GitLabApi api, long project)
{
    private const int MostLooks = 12;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public async Task<Outcome<CommitSha>> Run(MergeWish wish, CancellationToken cancel)
    {
        var title = wish.Message.Split('\n')[0];
        var body = new WireRequestWish(wish.Source.Name, wish.Into.Name, title);
        if (!(await api.OpenRequest(project, body, cancel)).Try(out var request, out var failure))
            return failure;
        var merged = await Accept(request, wish, cancel);
        if (!merged.Ok)
            await api.CloseRequest(project, request.Iid, cancel);
        return merged;
    }

    private async Task<Outcome<CommitSha>> Accept(WireRequest request, MergeWish wish, CancellationToken cancel)
    {
        if (!(await Checked(request, cancel)).Try(out _, out var failure))
            return failure;
        var accept = new WireAccept(wish.At.Value, wish.Message);
        if (!(await api.Accept(project, request.Iid, accept, cancel)).Try(out var merged, out failure))
            return failure;
        return merged.State == "merged" && CommitSha.TryParse(merged.MergeCommitSha ?? merged.Sha, out var commit)
            ? commit
            : GitLabFailures.NotMerged;
    }

    private async Task<Outcome<WireRequest>> Checked(WireRequest request, CancellationToken cancel)
    {
        for (var look = 0; !request.IsChecked && look < MostLooks; look++)
        {
            // The machine's time: the host is given a breath, whatever the product's clock says.
            await Task.Delay(Pause, TimeProvider.System, cancel);
            if (!(await api.Request(project, request.Iid, cancel)).Try(out var now, out var failure))
                return failure;
            request = now;
        }
        return request;
    }
}
