using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Server.Builds;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Leases;

/// <summary>
/// A job asks for the key to its repository: the one its image is bound to, whatever a job might say. The narrowest its
/// host can mint; where that is the stored secret, the lease says so.
/// </summary>
internal sealed class LeaseGit(FairleadDb db, ConnectionOpener opener, RecordLease record)
{
    private static readonly GitLease Nothing = new(null, null, null, null);

    public async Task<Outcome<GitLease>> Run(BuildRow build, CancellationToken cancel)
    {
        if (await SourceOf(build, cancel) is not { } source)
            return LeaseFailures.NoSource;
        if (!(await opener.Open(source.ConnectionId, cancel)).Try(out var bound, out var failure))
            return failure;
        if (bound.Provider is not IMintGitCredential host)
            return LeaseFailures.CannotMint(bound.Provider.Title, "a repository");
        if (!(await host.MintGitCredential(bound.Target, source.Repository, cancel)).Try(out var minted, out failure))
            return failure;
        if (minted.Password is null && minted.SshKey is null)
            return Nothing;
        var resource = source.Repository.Length > 0 ? source.Repository : bound.Connection.Slug;
        var origin = new LeaseOrigin(
            $"connection/{bound.Connection.Slug}",
            bound.Connection.Id,
            Hash: null,
            minted.Static
        )
        {
            Handle = bound.Provider is IRevokeGitCredential ? minted.Handle : null,
        };
        await record.Run(build, LeasePurpose.Clone, resource, origin, minted.ExpiresAt, cancel);
        return new GitLease(minted.Username, minted.Password?.Reveal(), minted.SshKey?.Reveal(), minted.ExpiresAt);
    }

    private Task<SourceRow?> SourceOf(BuildRow build, CancellationToken cancel) =>
        (
            from image in db.Set<ImageRow>()
            where image.Id == build.ImageId
            join source in db.Set<SourceRow>() on image.SourceId equals source.Id
            select source
        )
            .AsNoTracking()
            .FirstOrDefaultAsync(cancel);
}
