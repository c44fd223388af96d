using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.GitHttp;
using Fairlead.Server.Builds;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Leases;

/// <summary>
/// Where a job's git talks to its host when that mints no key for one repository: the stored one signs in here and is
/// not given away. It leads to the repository the image is bound to, to read, while the build runs and has its lease.
/// </summary>
internal sealed class GitDoor(FairleadDb db, ConnectionOpener opener, UploadPack host)
{
    /// <summary>A stored secret that goes over http; what was minted for a job opens no more than it needs.</summary>
    public static bool Takes(IProvider provider, GitCredential minted) =>
        minted is { Static: true, Password: not null } && provider is IWriteWithGit and ICodeHost;

    /// <param name="answer">Is written to only by the host; a failure may come when some of it is there.</param>
    public async Task<Outcome<Done>> Run(
        BuildRow build,
        UploadPackRequest request,
        Stream answer,
        CancellationToken cancel
    )
    {
        if (!await IsLeased(build, cancel))
            return LeaseFailures.NoLease;
        if (await db.SourceOf(build, cancel) is not { } source)
            return LeaseFailures.NoSource;
        if (!(await opener.Open(source.ConnectionId, cancel)).Try(out var bound, out var failure))
            return failure;
        if (bound.Provider is not IWriteWithGit keys || bound.Provider is not ICodeHost places)
            return LeaseFailures.CannotMint(bound.Provider.Title, "a repository");
        if (!places.Locate(bound.Target, source.Repository).Try(out var address, out failure))
            return failure;
        if (!(await keys.MintReadCredential(bound.Target, source.Repository, cancel)).Try(out var login, out failure))
            return failure;
        return await host.Pass(bound.Target, address, login, request, answer, cancel);
    }

    private Task<bool> IsLeased(BuildRow build, CancellationToken cancel) =>
        db.Set<LeaseRow>()
            .AnyAsync(
                lease => lease.BuildId == build.Id && lease.Purpose == LeasePurpose.Clone && lease.EndedAt == null,
                cancel
            );
}
