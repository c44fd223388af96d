using Fairlead.Contracts;
using Fairlead.Contracts.Credentials;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Credentials;

/// <summary>A caller's own credentials; an administrator sees that those of others exist.</summary>
internal sealed class ShowCredentials(FairleadDb db)
{
    public async Task<Page<CredentialInfo>> List(Caller caller, string? q, int page, int size, CancellationToken cancel)
    {
        var part = q.Part();
        var cut = await KnownTo(caller)
            .Where(row => part == null || row.Slug.Contains(part) || row.Name.ToLower().Contains(part))
            .OrderBy(row => row.Slug)
            .ToPage(page, size, cancel);
        return new Page<CredentialInfo>(await Of(cut.Items, caller, cancel), cut.Total, cut.Number, cut.Size);
    }

    public async Task<Outcome<CredentialInfo>> One(string slug, Caller caller, CancellationToken cancel)
    {
        var row = await KnownTo(caller).SingleOrDefaultAsync(found => found.Slug == slug, cancel);
        return row is null ? CredentialFailures.Unknown(slug) : (await Of([row], caller, cancel))[0];
    }

    private IQueryable<CredentialRow> KnownTo(Caller caller) =>
        db.Set<CredentialRow>().AsNoTracking().Where(row => row.OwnerId == caller.PersonId || caller.IsAdministrator);

    private async Task<IReadOnlyList<CredentialInfo>> Of(
        IReadOnlyList<CredentialRow> rows,
        Caller caller,
        CancellationToken cancel
    )
    {
        var ids = rows.Select(row => row.Id).ToList();
        var ownerIds = rows.Select(row => row.OwnerId).Distinct().ToList();
        var owners = await db.Set<PersonRow>()
            .Where(person => ownerIds.Contains(person.Id))
            .ToDictionaryAsync(person => person.Id, person => person.Name, cancel);
        var users = await db.Set<ConnectionRow>()
            .Where(row => row.CredentialId != null && ids.Contains(row.CredentialId.Value))
            .Select(row => new { row.CredentialId, row.Slug })
            .ToListAsync(cancel);
        return
        [
            .. rows.Select(row =>
                Info(row, owners[row.OwnerId], row.OwnerId == caller.PersonId) with
                {
                    Connections = [.. users.Where(user => user.CredentialId == row.Id).Select(user => user.Slug)],
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
            App = own ? row.AppId : null,
            Shown = own ? row.Shown : [],
            CreatedAt = row.CreatedAt,
            ReplacedAt = row.ReplacedAt,
        };
}
