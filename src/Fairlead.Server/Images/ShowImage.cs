using Fairlead.Contracts.Images;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Data;

namespace Fairlead.Server.Images;

internal sealed class ShowImage(FairleadDb db, ListImages list)
{
    public async Task<Outcome<ImageInfo>> Run(string space, string name, CancellationToken cancel) =>
        (await db.Images().FindByName(space, name, cancel)).Try(out var found, out var failure)
            ? await list.Describe(found, cancel)
            : failure;
}
