using Fairlead.Contracts.Images;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

internal sealed class ListNamespaces(FairleadDb db)
{
    public async Task<IReadOnlyList<NamespaceInfo>> Run(CancellationToken cancel) =>
        await db.Set<NamespaceRow>()
            .OrderBy(space => space.Name)
            .Select(space => new NamespaceInfo(
                space.Name,
                space.Summary,
                db.Set<ImageRow>().Count(image => image.NamespaceId == space.Id),
                space.CreatedAt
            ))
            .ToListAsync(cancel);
}
