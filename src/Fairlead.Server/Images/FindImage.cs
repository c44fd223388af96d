using Fairlead.Core.Outcomes;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

/// <summary>An image repository with the rows its name and address are made of.</summary>
internal sealed record FoundImage
{
    public required ImageRow Image { get; init; }
    public required NamespaceRow Space { get; init; }
    public SourceRow? Source { get; init; }
    public ConnectionRow? SourceConnection { get; init; }

    /// <summary>Null for the managed registry.</summary>
    public ConnectionRow? Target { get; init; }

    public string Name => $"{Space.Name}/{Image.Name}";
}

internal static class FindImage
{
    public static IQueryable<FoundImage> Images(this FairleadDb db) =>
        from image in db.Set<ImageRow>()
        join space in db.Set<NamespaceRow>() on image.NamespaceId equals space.Id
        from source in db.Set<SourceRow>().Where(source => source.Id == image.SourceId).DefaultIfEmpty()
        from connection in db.Set<ConnectionRow>().Where(row => row.Id == source.ConnectionId).DefaultIfEmpty()
        from target in db.Set<ConnectionRow>().Where(row => row.Id == image.TargetConnectionId).DefaultIfEmpty()
        select new FoundImage
        {
            Image = image,
            Space = space,
            Source = source,
            SourceConnection = connection,
            Target = target,
        };

    public static async Task<Outcome<FoundImage>> FindByName(
        this IQueryable<FoundImage> images,
        string space,
        string name,
        CancellationToken cancel
    ) =>
        await images.FirstOrDefaultAsync(found => found.Space.Name == space && found.Image.Name == name, cancel)
            is { } image
            ? image
            : ImageFailures.Unknown(space, name);
}
