using Fairlead.Contracts.Images;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

internal sealed class ListRules(FairleadDb db)
{
    public async Task<Outcome<IReadOnlyList<RuleInfo>>> Run(string space, string name, CancellationToken cancel)
    {
        if (!(await db.Images().FindByName(space, name, cancel)).Try(out var found, out var unknown))
            return unknown;
        var rows = await db.Set<RuleRow>()
            .Where(rule => rule.ImageId == found.Image.Id)
            .OrderBy(rule => rule.Id)
            .ToListAsync(cancel);
        return rows.Select(RuleReading.ToInfo).ToList();
    }
}
