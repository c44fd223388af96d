using Fairlead.Contracts;
using Fairlead.Contracts.Images;
using Fairlead.Server.Data;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

internal sealed class ListNamespaces(FairleadDb db)
{
    public Task<Page<NamespaceInfo>> Run(string? q, int page, int size, CancellationToken cancel)
    {
        var part = q.Part();
        return db.Set<NamespaceRow>()
            .AsNoTracking()
            .Where(space => part == null || space.Name.Contains(part) || space.Summary.ToLower().Contains(part))
            .OrderBy(space => space.Name)
            .Select(space => new NamespaceInfo(
                space.Name,
                space.Summary,
                db.Set<ImageRow>().Count(image => image.NamespaceId == space.Id),
                space.CreatedAt
            ))
            .ToPage(page, size, cancel);
    }
}
