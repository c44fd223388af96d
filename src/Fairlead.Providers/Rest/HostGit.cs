using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;
using Fairlead.Providers.GitHttp;

namespace Fairlead.Providers.Rest;

/// <summary>
/// What git itself tells of a host's repository. Branches and tags are asked for this way at every host: one request,
/// no pages, and annotated tags come with the commit they stand for.
/// </summary>
internal static class HostGit
{
    /// <summary>Where git finds a repository: below the site's pages, by its name.</summary>
    /// <param name="web">The site's address, without a slash at the end.</param>
    /// <param name="repository">A name that the host's rules allow.</param>
    public static Outcome<RepositoryAddress> Address(string web, string repository, Target target) =>
        GitUrl
            .Parse(web)
            .Then(site => site.Below(repository + ".git"))
            .Map(url => new RepositoryAddress(url.ToString(), target.CertificateAuthorities, null));

    public static async Task<Outcome<RefList>> ListRefs(
        Outside outside,
        Target target,
        Outcome<RepositoryAddress> located,
        GitCredential credential,
        string? known,
        CancellationToken cancel
    )
    {
        if (!located.Try(out var address, out var failure))
            return failure;
        Task<Outcome<RefList>> Ask(GitCredential login) =>
            RemoteRefs.List(outside, new RefQuestion(address, login, target.Reach) { Known = known }, cancel);
        return await GrantedGit.Ask(target, credential, Ask, cancel);
    }
}
