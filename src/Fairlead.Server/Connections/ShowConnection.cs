using Fairlead.Contracts.Connections;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Connections;

/// <summary>Shows connections as the caller may see them.</summary>
internal sealed class ShowConnection(FairleadDb db, UsableConnections connections)
{
    public async Task<Outcome<ConnectionView>> Run(string slug, Caller caller, CancellationToken cancel)
    {
        var row = await connections
            .KnownTo(caller)
            .AsNoTracking()
            .SingleOrDefaultAsync(found => found.Slug == slug, cancel);
        return row is null ? ConnectionFailures.Unknown(slug) : (await Of([row], caller, cancel)).Single();
    }

    public async Task<IReadOnlyList<ConnectionView>> Of(
        IReadOnlyList<ConnectionRow> rows,
        Caller caller,
        CancellationToken cancel
    )
    {
        var ids = rows.Select(row => row.Id).ToList();
        var usable = await connections
            .For(caller)
            .Where(row => ids.Contains(row.Id))
            .Select(row => row.Id)
            .ToListAsync(cancel);
        var owners = rows.Select(row => row.OwnerId).ToList();
        var people = await db.Set<PersonRow>()
            .Where(person => owners.Contains(person.Id))
            .ToDictionaryAsync(person => person.Id, person => person.Name, cancel);
        var grants = await Grants(ids, cancel);
        var keys = rows.Select(row => row.CredentialId).OfType<long>().ToList();
        var credentials = await db.Set<CredentialRow>()
            .AsNoTracking()
            .Where(row => keys.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, cancel);
        return
        [
            .. rows.Select(row =>
                usable.Contains(row.Id)
                    ? Whole(row, people[row.OwnerId], credentials.GetValueOrDefault(row.CredentialId ?? 0), caller) with
                    {
                        People =
                        [
                            .. grants.Where(grant => grant.Id == row.Id).Select(grant => grant.Person).OfType<string>(),
                        ],
                        Groups =
                        [
                            .. grants.Where(grant => grant.Id == row.Id).Select(grant => grant.Group).OfType<string>(),
                        ],
                    }
                    : Outline(row, people[row.OwnerId])
            ),
        ];
    }

    private sealed record Grant(long Id, string? Person, string? Group);

    private Task<List<Grant>> Grants(IReadOnlyList<long> ids, CancellationToken cancel) =>
        (
            from grant in db.Set<ConnectionGrantRow>()
            where ids.Contains(grant.ConnectionId)
            join person in db.Set<PersonRow>() on grant.PersonId equals person.Id into persons
            from person in persons.DefaultIfEmpty()
            join circle in db.Set<GroupRow>() on grant.GroupId equals circle.Id into groups
            from circle in groups.DefaultIfEmpty()
            select new Grant(grant.ConnectionId, person.Name, circle.Name)
        ).ToListAsync(cancel);

    private static ConnectionView Whole(ConnectionRow row, string owner, CredentialRow? credential, Caller caller) =>
        Outline(row, owner) with
        {
            Usable = true,
            Editable = row.OwnerId == caller.PersonId || caller.IsAdministrator,
            Settings = row.Settings,
            Credential = credential?.Slug,
            CredentialShown = credential?.Shown ?? [],
            Verdict = VerdictOf(row.Verdict),
            VerifiedAt = row.VerifiedAt,
            NextVerifyAt = row.NextVerifyAt >= VerifySchedule.Never ? null : row.NextVerifyAt,
        };

    private static ConnectionView Outline(ConnectionRow row, string owner) =>
        new()
        {
            Id = row.Slug,
            Name = row.Name,
            Kind = row.Kind,
            Owner = owner,
            Scope = row.Scope.ToString().ToLowerInvariant(),
            Usable = false,
            Editable = false,
            Verdict = new VerdictInfo(row.VerdictKind.ToString().ToLowerInvariant(), ""),
            CreatedAt = row.CreatedAt,
        };

    private static VerdictInfo VerdictOf(Verdict verdict) =>
        new(verdict.Kind.ToString().ToLowerInvariant(), verdict.Sentence)
        {
            Code = verdict.Code,
            Remedy = verdict.Remedy,
            Field = verdict.Field,
            Identity = verdict.Identity,
            Privileges = verdict.Privileges,
            Missing = verdict.Missing,
            Excess = verdict.Excess,
            ExpiresAt = verdict.ExpiresAt,
            Proposal = verdict.Proposal is { } proposal ? new ProposalInfo(proposal.Setting, proposal.Shown) : null,
        };
}
