using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git;

namespace Fairlead.Providers.GitHttp;

/// <summary>
/// Branches and tags of a repository, asked in the way that costs least: over http by ourselves, over ssh, and of hosts
/// that do not speak Git's smart protocol, by git.
/// </summary>
internal static class RemoteRefs
{
    public static async Task<Outcome<RefList>> List(Outside outside, RefQuestion question, CancellationToken cancel)
    {
        if (!GitUrl.Parse(question.Address.Url).Try(out var url, out var failure))
            return failure;
        var answer = url.IsSsh ? null : await new SmartHttp(outside, question, url).Ask(cancel);
        return answer ?? await ByGit(outside, question, cancel);
    }

    private static async Task<Outcome<RefList>> ByGit(Outside outside, RefQuestion question, CancellationToken cancel)
    {
        var vetted = await outside.Guard.Vet(question.Address, question.Reach, cancel);
        if (!vetted.Try(out var place, out var failure))
            return failure;
        var remote = new GitRemote(question.Address, question.Credential, place.Pin);
        return await LsRemote.Run(outside.Git, remote, question.Patience, cancel);
    }
}
