using Fairlead.Contracts;
using Fairlead.Contracts.Images;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Fairlead.Server.Web;

namespace Fairlead.Server.Images;

internal sealed class ListTags(FairleadDb db, ImageAddress address)
{
    public async Task<Outcome<Page<TagInfo>>> Run(
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
        var tags =
            from tag in db.Set<TagRow>()
            where tag.ImageId == found.Image.Id && (part == null || tag.Name.ToLower().Contains(part))
            orderby tag.PushedAt descending, tag.Name
            from build in db.Set<BuildRow>().Where(build => build.Id == tag.BuildId).DefaultIfEmpty()
            select new
            {
                Tag = tag,
                build.Ref,
                build.Commit,
            };
        var prefix = address.Of(found);
        var cut = await tags.ToPage(page, size, cancel);
        return cut.Map(one => new TagInfo(
            one.Tag.Name,
            $"{prefix}:{one.Tag.Name}",
            $"docker pull {prefix}@{one.Tag.Digest}",
            one.Tag.Digest,
            one.Tag.Size,
            one.Tag.Platforms,
            one.Tag.BuildId,
            one.Ref,
            one.Commit,
            one.Tag.PushedBy,
            one.Tag.PushedAt
        ));
    }
}
