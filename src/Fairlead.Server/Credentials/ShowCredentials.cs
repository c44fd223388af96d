using Fairlead.Contracts.Credentials;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Credentials;

/// <summary>A caller's own credentials; an administrator sees that those of others exist.</summary>
internal sealed class ShowCredentials(FairleadDb db)
{
    public async Task<IReadOnlyList<CredentialInfo>> List(Caller caller, CancellationToken cancel) =>
        await Of(KnownTo(caller).OrderBy(row => row.Slug), caller, cancel);

    public async Task<Outcome<CredentialInfo>> One(string slug, Caller caller, CancellationToken cancel)
    {
        var found = await Of(KnownTo(caller).Where(row => row.Slug == slug), caller, cancel);
        return found.Count == 0 ? CredentialFailures.Unknown(slug) : found[0];
    }

    private IQueryable<CredentialRow> KnownTo(Caller caller) =>
        db.Set<CredentialRow>().AsNoTracking().Where(row => row.OwnerId == caller.PersonId || caller.IsAdministrator);

    private async Task<IReadOnlyList<CredentialInfo>> Of(
        IQueryable<CredentialRow> rows,
        Caller caller,
        CancellationToken cancel
    )
    {
        var found = await rows.Join(
                db.Set<PersonRow>(),
                row => row.OwnerId,
                person => person.Id,
                (row, person) => new { Row = row, Owner = person.Name }
            )
            .ToListAsync(cancel);
        var ids = found.Select(one => one.Row.Id).ToList();
        var users = await db.Set<ConnectionRow>()
            .Where(row => row.CredentialId != null && ids.Contains(row.CredentialId.Value))
            .Select(row => new { row.CredentialId, row.Slug })
            .ToListAsync(cancel);
        return
        [
            .. found.Select(one =>
                Info(one.Row, one.Owner, one.Row.OwnerId == caller.PersonId) with
                {
                    Connections = [.. users.Where(user => user.CredentialId == one.Row.Id).Select(user => user.Slug)],
                }
            ),
        ];
    }

    private static CredentialInfo Info(CredentialRow row, string owner, bool own) =>
        new()
        {
            Id = row.Slug,
            Name = row.Name,
            Kind = row.Kind,
            Owner = owner,
            Version = row.Version,
            Fields = row.Fields,
            Shown = own ? row.Shown : [],
            CreatedAt = row.CreatedAt,
            ReplacedAt = row.ReplacedAt,
        };
}
