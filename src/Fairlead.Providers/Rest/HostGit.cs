using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git;

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
        CancellationToken cancel
    )
    {
        if (!located.Try(out var address, out var failure))
            return failure;
        if (!(await outside.Guard.Vet(address, target.Reach, cancel)).Try(out var vetted, out failure))
            return failure;
        var remote = new GitRemote(address, credential, vetted.Pin);
        return await LsRemote.Run(outside.Git, remote, TimeSpan.FromMinutes(1), cancel);
    }
}
