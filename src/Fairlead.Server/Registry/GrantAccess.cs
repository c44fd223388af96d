using Fairlead.Core.Registries;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Fairlead.Server.Images;
using Fairlead.Server.Leases;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Registry;

/// <summary>Who wants into the registry: a person, a job's lease, or nobody in particular.</summary>
internal sealed record RegistryClient(string Subject, Caller? Person, LeaseRow? Lease)
{
    public static readonly RegistryClient Anonymous = new("", null, null);
}

/// <summary>Cuts what is asked to what the client may: access = asked ∩ granted, repository by repository.</summary>
internal sealed class GrantAccess(FairleadDb db, TimeProvider time)
{
    public async Task<IReadOnlyList<RegistryScope>> Run(
        RegistryClient client,
        IReadOnlyList<RegistryScope> asked,
        CancellationToken cancel
    )
    {
        var granted = new List<RegistryScope>();
        foreach (var scope in asked)
        {
            var allowed = await Allowed(client, scope, cancel);
            var actions = scope.Actions.Contains(RegistryScope.Everything)
                ? allowed
                : scope.Actions.Where(allowed.Contains).ToList();
            if (actions.Count > 0)
                granted.Add(scope with { Actions = actions });
        }
        return granted;
    }

    private async Task<IReadOnlyList<string>> Allowed(
        RegistryClient client,
        RegistryScope scope,
        CancellationToken cancel
    )
    {
        if (scope.Type != RegistryScope.Repository)
            return client.Person?.May(Verbs.RegistryCatalog) == true ? [RegistryScope.Everything] : [];
        if (client.Lease is { } lease)
            return await LeaseActions(lease, scope.Name, cancel);
        var repository = await Find(scope.Name, cancel);
        return client.Person is { } person ? PersonActions(person, repository)
            : repository is { Image.IsPublic: true } ? [RegistryScope.Pull]
            : [];
    }

    /// <summary>
    /// A client keeps one password per registry, a job may hold several leases for it: any opens what all of the same
    /// job open together.
    /// </summary>
    private async Task<IReadOnlyList<string>> LeaseActions(LeaseRow shown, string name, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var purposes = await db.Set<LeaseRow>()
            .Where(lease => lease.BuildId == shown.BuildId && lease.Resource == name && lease.Hash != null)
            .Where(lease => lease.EndedAt == null && lease.ExpiresAt > now)
            .Select(lease => lease.Purpose)
            .ToListAsync(cancel);
        return purposes.Contains(LeasePurpose.Push) ? [RegistryScope.Pull, RegistryScope.Push]
            : purposes.Count > 0 ? [RegistryScope.Pull]
            : [];
    }

    private static List<string> PersonActions(Caller person, Repository? repository)
    {
        var actions = new List<string>();
        if (repository is null)
            return actions;
        if (repository.Image is not null && person.May(Verbs.RegistryPull))
            actions.Add(RegistryScope.Pull);
        if (person.May(Verbs.RegistryPush))
            actions.AddRange(
                repository.Image is null ? [RegistryScope.Pull, RegistryScope.Push] : [RegistryScope.Push]
            );
        if (repository.Image is not null && person.May(Verbs.TagDelete))
            actions.Add(RegistryScope.Delete);
        return actions;
    }

    /// <summary>
    /// An image here, or (image null) a free name in a namespace here: the first push makes the image.
    /// </summary>
    private sealed record Repository(ImageRow? Image);

    private async Task<Repository?> Find(string name, CancellationToken cancel)
    {
        var slash = name.IndexOf('/');
        if (slash < 0 || name.IndexOf('/', slash + 1) > 0)
            return null;
        var (space, rest) = (name[..slash], name[(slash + 1)..]);
        var found = await (
            from row in db.Set<NamespaceRow>().AsNoTracking()
            where row.Name == space
            from image in db.Set<ImageRow>()
                .Where(image => image.NamespaceId == row.Id && image.Name == rest)
                .DefaultIfEmpty()
            select new { Image = image }
        ).FirstOrDefaultAsync(cancel);
        return found switch
        {
            null => null,
            { Image.TargetConnectionId: not null } => null,
            _ => new Repository(found.Image),
        };
    }
}
