using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Server.Builds;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;

namespace Fairlead.Server.Leases;

/// <summary>
/// A job asks for the key to its repository: the one its image is bound to, whatever a job might say. The narrowest its
/// host can mint; where that is the stored secret, the job fetches through <see cref="GitDoor"/>, and over ssh, where
/// there is no door, the lease says what it is.
/// </summary>
internal sealed class LeaseGit(FairleadDb db, ConnectionOpener opener, RecordLease record)
{
    private static readonly GitLease Nothing = new(null, null, null, null);

    public async Task<Outcome<GitLease>> Run(BuildRow build, CancellationToken cancel)
    {
        if (await db.SourceOf(build, cancel) is not { } source)
            return LeaseFailures.NoSource;
        if (!(await opener.Open(source.ConnectionId, cancel)).Try(out var bound, out var failure))
            return failure;
        if (bound.Provider is not IMintGitCredential host)
            return LeaseFailures.CannotMint(bound.Provider.Title, "a repository");
        if (!(await host.MintGitCredential(bound.Target, source.Repository, cancel)).Try(out var minted, out failure))
            return failure;
        if (minted.Password is null && minted.SshKey is null)
            return Nothing;
        var door = GitDoor.Takes(bound.Provider, minted);
        var resource = source.Repository.Length > 0 ? source.Repository : bound.Connection.Slug;
        var origin = new LeaseOrigin(
            $"connection/{bound.Connection.Slug}",
            bound.Connection.Id,
            Hash: null,
            minted.Static && !door
        )
        {
            Handle = bound.Provider is IRevokeGitCredential ? minted.Handle : null,
        };
        await record.Run(build, LeasePurpose.Clone, resource, origin, minted.ExpiresAt, cancel);
        if (door)
            return Nothing with { ThroughServer = true };
        return new GitLease(minted.Username, minted.Password?.Reveal(), minted.SshKey?.Reveal(), minted.ExpiresAt);
    }
}
