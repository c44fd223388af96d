namespace Fairlead.Runner.Images;

/// <summary>
/// Which client pushes an image faster. docker sends only layers it did not send before, but packs them on one
/// processor; skopeo packs on all, but takes the whole image out of the daemon first. Rates were measured on two
/// processors, on layers that do not shrink: both take as long for a new image of some 30 MB.
/// </summary>
internal static class PushWay
{
    private const double DockerStart = 0.1;
    private const double DockerPacks = 28e6;
    private const double SkopeoStart = 0.3;
    private const double SkopeoTakesOut = 200e6;
    private const double SkopeoPacks = 60e6;

    /// <summary>
    /// Layers that were there last time already are likely to be there for as many pushes more: sending them by docker
    /// once makes all of those fast, so each of those pushes bears its part.
    /// </summary>
    private const double PushesToCome = 8;

    public static bool SkopeoIsFaster(IReadOnlyList<ImageLayer> image, PushMemory memory)
    {
        double unknown = image.Where(layer => !memory.Docker.Contains(layer.Name)).Sum(layer => layer.Size);
        double fresh = image.Where(layer => !memory.Any.Contains(layer.Name)).Sum(layer => layer.Size);
        double settled = Math.Max(0, unknown - fresh);
        var docker = DockerStart + (fresh + settled / PushesToCome) / DockerPacks;
        var skopeo = SkopeoStart + image.Sum(layer => layer.Size) / SkopeoTakesOut + fresh / SkopeoPacks;
        return skopeo < docker;
    }
}

/// <summary>One step of an image's history that made a layer.</summary>
/// <param name="Name">The same in every image that has the layer.</param>
internal sealed record ImageLayer(string Name, long Size);
