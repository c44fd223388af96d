using Fairlead.Contracts.Builds;
using Fairlead.Contracts.Images;

namespace Fairlead.Server.Images;

/// <summary>From rows to what people see of an image repository.</summary>
internal sealed class ImageReading(ImageAddress address)
{
    public ImageInfo ToInfo(FoundImage found, int rules, int tags, BuildInfo? last) =>
        new()
        {
            Namespace = found.Space.Name,
            Name = found.Image.Name,
            Reference = address.Of(found),
            Summary = found.Image.Summary,
            IsPublic = found.Image.IsPublic,
            Source = found is { Source: { } source, SourceConnection: { } connection }
                ? new ImageSource(connection.Slug, source.Repository, source.Id) { OutboundOnly = source.OutboundOnly }
                : null,
            TargetConnection = found.Target?.Slug,
            TargetRepository = found.Image.TargetRepository,
            BuildOnPush = found.Image.BuildOnPush,
            NoCache = found.Image.NoCache,
            Rules = rules,
            Tags = tags,
            CreatedAt = found.Image.CreatedAt,
            LastBuild = last,
        };
}
