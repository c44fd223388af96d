using Fairlead.Contracts;
using Fairlead.Contracts.Images;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Data;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

internal sealed class ListRules(FairleadDb db)
{
    public async Task<Outcome<Page<RuleInfo>>> Run(
        string space,
        string name,
        string? q,
        int page,
        int size,
        CancellationToken cancel
    )
    {
        if (!(await db.Images().FindByName(space, name, cancel)).Try(out var found, out var unknown))
            return unknown;
        var part = q.Part();
        var rows = await db.Set<RuleRow>()
            .AsNoTracking()
            .Where(rule => rule.ImageId == found.Image.Id && (part == null || rule.Pattern.ToLower().Contains(part)))
            .OrderBy(rule => rule.Id)
            .ToPage(page, size, cancel);
        return rows.Map(RuleReading.ToInfo);
    }

    /// <summary>All of an image's; there are at most <see cref="CreateRule.Limit"/>.</summary>
    public async Task<Outcome<IReadOnlyList<RuleInfo>>> All(string space, string name, CancellationToken cancel) =>
        (await Run(space, name, null, 1, CreateRule.Limit, cancel)).Map(page => page.Items);
}
