using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Server.Audit;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Events;

/// <summary>
/// Keeps a source with its repository, which is known by the host's id: a new name (renamed, transferred) is followed,
/// though somebody else's repository may have the old one by now.
/// </summary>
internal sealed class FollowRepository(FairleadDb db, ConnectionOpener opener, AuditLog audit)
{
    /// <summary>Asks the host which repository the name leads to.</summary>
    /// <returns>Null when it is the one, or the host could not be asked.</returns>
    public async Task<Failure?> Check(SourceRow source, CancellationToken cancel)
    {
        if (
            source.Repository.Length == 0
            || !(await opener.Open(source.ConnectionId, cancel)).Try(out var bound, out _)
        )
            return null;
        if (bound.Provider is not IListRepositories host)
            return null;
        var found = await Find(host, bound.Target, source, cancel);
        return found.Try(out var now, out _) ? await Take(source, now, cancel) : null;
    }

    /// <summary>By its name, and where that leads nowhere or to another repository by now, by its id.</summary>
    public static async Task<Outcome<HostedRepository>> Find(
        IListRepositories host,
        Target target,
        SourceRow source,
        CancellationToken cancel
    )
    {
        var named = await host.FindRepository(target, source.Repository, cancel);
        if (source.RepositoryId is not { } id || host is not IFindById byId || !IsElsewhere(named, id))
            return named;
        var moved = await byId.FindById(target, id, source.Repository, cancel);
        return moved is { Ok: true } && moved.Value.Id == id ? moved : named;
    }

    private static bool IsElsewhere(Outcome<HostedRepository> named, string id) =>
        named.Try(out var now, out var failure) ? now.Id != id : failure.Code == HostedRepository.NotFoundCode;

    /// <param name="now">What the host says the source's name leads to.</param>
    public async Task<Failure?> Take(SourceRow source, HostedRepository now, CancellationToken cancel)
    {
        if (source.RepositoryId is { } known && known != now.Id)
            return EventFailures.AnotherRepository(source.Repository);
        // Bound under both names, such as two spellings of one, each goes on under its own.
        var isNew = now.Name.Length > 0 && now.Name != source.Repository && !await IsTaken(source, now.Name, cancel);
        if (isNew || source.RepositoryId is null)
            await Store(source, isNew ? now.Name : source.Repository, now.Id, cancel);
        return null;
    }

    private Task<bool> IsTaken(SourceRow source, string name, CancellationToken cancel) =>
        db.Set<SourceRow>()
            .AnyAsync(
                row => row.ConnectionId == source.ConnectionId && row.Repository == name && row.Id != source.Id,
                cancel
            );

    private async Task Store(SourceRow source, string name, string id, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Set<SourceRow>()
            .Where(row => row.Id == source.Id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Repository, name).SetProperty(row => row.RepositoryId, id),
                cancel
            );
        if (name != source.Repository)
            await audit.Append(
                db,
                "server",
                "source.renamed",
                $"source/{source.Id}",
                $"{source.Repository} is {name} now.",
                cancel: cancel
            );
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        // Not read again: what a turn has decided from what it knows stays void when another turn came first.
        var entry = db.Entry(source);
        var (nameNow, idNow) = (entry.Property(row => row.Repository), entry.Property(row => row.RepositoryId));
        (nameNow.CurrentValue, nameNow.OriginalValue) = (name, name);
        (idNow.CurrentValue, idNow.OriginalValue) = (id, id);
    }
}
