using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Registries;
using Fairlead.Server.Builds;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Images;
using Fairlead.Server.Registry;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Leases;

/// <summary>
/// A job asks for the key to a registry: to push its own image and no other, or to pull a base. Our own registry takes
/// a secret made here; any other is asked through its connection. No connection means anonymous, and so does a build
/// of a request: what a stranger's Dockerfile names, everybody has to be able to pull.
/// </summary>
internal sealed class LeaseRegistry(
    FairleadDb db,
    ConnectionOpener opener,
    RegistryConnections connections,
    RecordLease record,
    RegistryOptions? own = null,
    ManagedImages? managed = null
)
{
    private static readonly RegistryLease Anonymous = new("", "", null);

    public async Task<Outcome<RegistryLease>> Run(BuildRow build, RegistryLeaseRequest wish, CancellationToken cancel)
    {
        if (!RegistryScope.IsRepositoryName(wish.Repository))
            return LeaseFailures.BadName;
        var image = await db.Images().AsNoTracking().FirstAsync(found => found.Image.Id == build.ImageId, cancel);
        return wish.Push ? await ToPush(build, image, wish, cancel) : await ToPull(build, image, wish, cancel);
    }

    private async Task<Outcome<RegistryLease>> ToPush(
        BuildRow build,
        FoundImage image,
        RegistryLeaseRequest wish,
        CancellationToken cancel
    )
    {
        if (wish.Repository != ImageAddress.Repository(image))
            return LeaseFailures.NotThisImage(wish.Repository);
        if (image.Target is null)
            return wish.Registry == own?.Name
                ? await Own(build, wish.Repository, LeasePurpose.Push, cancel)
                : LeaseFailures.NotThisImage($"{wish.Registry}/{wish.Repository}");
        return connections.HostOf(image.Target) == wish.Registry
            ? await Minted(build, image.Target, wish, cancel)
            : LeaseFailures.NotThisImage($"{wish.Registry}/{wish.Repository}");
    }

    private async Task<Outcome<RegistryLease>> ToPull(
        BuildRow build,
        FoundImage image,
        RegistryLeaseRequest wish,
        CancellationToken cancel
    )
    {
        if (build.IsOfRequest)
            return await AsNobody(image, wish, cancel);
        if (wish.Registry == own?.Name)
            return await IsHere(wish.Repository, cancel)
                ? await Own(build, wish.Repository, LeasePurpose.Pull, cancel)
                : Anonymous with
                {
                    PlainHttp = managed!.PlainHttp(managed.Target),
                };
        return await connections.ToPullFrom(wish.Registry, image.Target, cancel) is { } connection
            ? await Minted(build, connection, wish, cancel)
            : Anonymous;
    }

    private async Task<RegistryLease> AsNobody(FoundImage image, RegistryLeaseRequest wish, CancellationToken cancel)
    {
        if (wish.Registry == own?.Name)
            return Anonymous with { PlainHttp = managed!.PlainHttp(managed.Target) };
        var all = await connections.All(image.Target, cancel);
        return all.FirstOrDefault(one => one.Host == wish.Registry) is { } at
            ? Anonymous with
            {
                PlainHttp = at.PlainHttp,
                CertificateAuthorities = at.CertificateAuthorities,
            }
            : Anonymous;
    }

    /// <summary>People who may build may pull every image of this instance, so their builds may, too.</summary>
    private Task<bool> IsHere(string repository, CancellationToken cancel) =>
        db.Images()
            .AnyAsync(
                found =>
                    found.Space.Name + "/" + found.Image.Name == repository && found.Image.TargetConnectionId == null,
                cancel
            );

    private async Task<Outcome<RegistryLease>> Own(
        BuildRow build,
        string repository,
        string purpose,
        CancellationToken cancel
    )
    {
        var (secret, hash) = LeaseSecret.Make();
        var origin = new LeaseOrigin($"image/{repository}", ConnectionId: null, hash, Static: false);
        var lease = await record.Run(build, purpose, repository, origin, expiresAt: null, cancel);
        return new RegistryLease(IdentifyClient.LeaseUser, secret.Reveal(), lease.ExpiresAt)
        {
            Realm = managed!.Realm,
            PlainHttp = managed.PlainHttp(managed.Target),
        };
    }

    private async Task<Outcome<RegistryLease>> Minted(
        BuildRow build,
        ConnectionRow connection,
        RegistryLeaseRequest wish,
        CancellationToken cancel
    )
    {
        if (!(await opener.Open(connection, cancel)).Try(out var bound, out var failure))
            return failure;
        if (bound.Provider is not IMintRegistryCredential registry)
            return LeaseFailures.CannotMint(bound.Provider.Title, "a registry");
        var minting = await registry.MintRegistryCredential(bound.Target, wish.Repository, wish.Push, cancel);
        if (!minting.Try(out var minted, out failure))
            return failure;
        var lease = new RegistryLease(minted.Username, minted.Password.Reveal(), minted.ExpiresAt)
        {
            Realm = minted.Realm,
            PlainHttp = bound.Provider is IImageRegistry at && at.PlainHttp(bound.Target),
            CertificateAuthorities = bound.Target.CertificateAuthorities,
        };
        if (minted.Username.Length == 0)
            return lease;
        var origin = new LeaseOrigin($"connection/{connection.Slug}", connection.Id, Hash: null, minted.Static);
        var purpose = wish.Push ? LeasePurpose.Push : LeasePurpose.Pull;
        await record.Run(build, purpose, $"{wish.Registry}/{wish.Repository}", origin, minted.ExpiresAt, cancel);
        return lease;
    }
}
