using Fairlead.Contracts;
using Fairlead.Contracts.Builds;
using Fairlead.Contracts.Images;
using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

/// <summary>What a list of image repositories is cut down to; null for anything.</summary>
internal sealed record ImageFilter(string? Namespace, string? Q, string? Connection, int Page = 1, int Size = 25);

internal sealed class ListImages(FairleadDb db, ImageReading reading, BuildReading builds)
{
    public async Task<Page<ImageInfo>> Run(ImageFilter filter, CancellationToken cancel)
    {
        var images = db.Images();
        if (filter.Namespace is { Length: > 0 } space)
            images = images.Where(found => found.Space.Name == space);
        if (filter.Connection is { Length: > 0 } slug)
            images = images.Where(found => found.SourceConnection!.Slug == slug || found.Target!.Slug == slug);
        if (filter.Q.Part() is { } part)
            images = images.Where(found =>
                (found.Space.Name + "/" + found.Image.Name).Contains(part)
                || found.Image.Summary.ToLower().Contains(part)
            );
        var page = await images
            .OrderBy(found => found.Space.Name)
            .ThenBy(found => found.Image.Name)
            .ToPage(filter.Page, filter.Size, cancel);
        return await Describe(page, cancel);
    }

    public async Task<ImageInfo> Describe(FoundImage found, CancellationToken cancel) =>
        (await Describe(new Page<FoundImage>([found], 1, 1, 1), cancel)).Items[0];

    private async Task<Page<ImageInfo>> Describe(Page<FoundImage> page, CancellationToken cancel)
    {
        var ids = page.Items.Select(found => found.Image.Id).ToList();
        var rules = await Count(
            db.Set<RuleRow>().Where(rule => ids.Contains(rule.ImageId)),
            rule => rule.ImageId,
            cancel
        );
        var tags = await Count(db.Set<TagRow>().Where(tag => ids.Contains(tag.ImageId)), tag => tag.ImageId, cancel);
        var newest = await db.Set<BuildRow>()
            .Where(build => ids.Contains(build.ImageId))
            .GroupBy(build => build.ImageId)
            .Select(group => group.Max(build => build.Id))
            .ToListAsync(cancel);
        var last = new Dictionary<long, BuildInfo>();
        foreach (var build in await db.Set<BuildRow>().Where(build => newest.Contains(build.Id)).ToListAsync(cancel))
            last[build.ImageId] = builds.ToInfo(build, page.Items.First(found => found.Image.Id == build.ImageId));
        return page.Map(found =>
            reading.ToInfo(
                found,
                rules.GetValueOrDefault(found.Image.Id),
                tags.GetValueOrDefault(found.Image.Id),
                last.GetValueOrDefault(found.Image.Id)
            )
        );
    }

    private static Task<Dictionary<long, int>> Count<T>(
        IQueryable<T> rows,
        System.Linq.Expressions.Expression<Func<T, long>> key,
        CancellationToken cancel
    ) =>
        rows.GroupBy(key)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(one => one.Key, one => one.Count, cancel);
}
