using Fairlead.Contracts.Images;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

internal sealed class ShowRule(FairleadDb db)
{
    public async Task<Outcome<RuleInfo>> Run(string space, string name, long id, CancellationToken cancel)
    {
        if (!(await db.Images().FindByName(space, name, cancel)).Try(out var found, out var unknown))
            return unknown;
        var row = await db.Set<RuleRow>()
            .AsNoTracking()
            .SingleOrDefaultAsync(rule => rule.Id == id && rule.ImageId == found.Image.Id, cancel);
        return row is null ? ImageFailures.RuleUnknown($"{space}/{name}", id) : RuleReading.ToInfo(row);
    }
}
