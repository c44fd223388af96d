using Fairlead.Emulators.Git;

namespace Fairlead.Emulators.GitHub;

/// <summary>Merges of one branch into another, signed by the host, which its rules may want.</summary>
internal static class GitHubMergesApi
{
    public static Task Create(GitHubCall call, string[] path) =>
        GitHubRepositoriesApi.With(
            call,
            path,
            async one =>
            {
                if (!await call.Read("base", "head", "commit_message"))
                    return;
                var (branch, head) = ((string?)call.Body["base"] ?? "", (string?)call.Body["head"] ?? "");
                var bare = call.Host.Bare.PathOf(one.FullName);
                if (!await IsThere(bare, $"refs/heads/{branch}") || !await IsThere(bare, head))
                    await call.Refuse(404, "Base does not exist");
                else if (one.MergesArePrevented)
                    await call.Refuse(409, "Changes must be made through a pull request.");
                else
                    await Merge(call, one, branch, head);
            }
        );

    private static async Task Merge(GitHubCall call, GitHubRepository one, string branch, string head)
    {
        var message = (string?)call.Body["commit_message"] ?? $"Merge {head} into {branch}";
        var git = new PushedCommits(call.Host.Bare.PathOf(one.FullName));
        var before = await git.Ask("rev-parse", $"refs/heads/{branch}");
        try
        {
            var made = await HostMerge.Run(call.Host.Bare.PathOf(one.FullName), head, branch, message);
            if (made is null)
            {
                await call.Answer(204, null);
                return;
            }
            await call.Answer(201, GitHubShapes.Commit(call.Host, one, await git.Read(made), [before, head]));
            await call.Host.Deliverer.Pushed(one, call.Token!.Login, [$"{before} {made} refs/heads/{branch}"]);
        }
        catch (InvalidOperationException)
        {
            await call.Refuse(409, "Merge conflict");
        }
    }

    private static async Task<bool> IsThere(string bare, string name) =>
        name.Length > 0 && await new PushedCommits(bare).Has(name);
}
