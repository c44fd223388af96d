using Fairlead.Core.Outcomes;
using Fairlead.Runner.Images;

namespace Fairlead.Runner.Steps;

/// <summary>
/// An image for each platform of a rule, one after another: what the machine may use is for one build at a time.
/// </summary>
internal sealed class PlatformBuilds(IImageEngine engine, Action<string> log)
{
    /// <param name="platforms">Empty for the engine's own.</param>
    /// <returns>As many images as platforms, in their order; one when there is no platform.</returns>
    public async Task<Outcome<IReadOnlyList<BuiltImage>>> Build(
        ImageBuild build,
        IReadOnlyList<string> platforms,
        CancellationToken cancel
    )
    {
        if (platforms.Count < 2)
        {
            var one = await engine.Build(build with { Platform = platforms.FirstOrDefault() }, log, cancel);
            return one.Map<IReadOnlyList<BuiltImage>>(image => [image]);
        }
        var images = new List<BuiltImage>();
        foreach (var (index, platform) in platforms.Index())
        {
            log($"Platform {platform} ({index + 1} of {platforms.Count}).");
            var built = await engine.Build(build with { Platform = platform }, log, cancel);
            if (!built.Try(out var image, out var failure))
                return BuildFailures.On(platform, failure);
            images.Add(image);
        }
        return images;
    }

    /// <summary>Publishes them: one image as it is, several as one index.</summary>
    public Task<Outcome<PushedImage>> Push(
        IReadOnlyList<BuiltImage> images,
        PushTarget target,
        CancellationToken cancel
    ) => images is [var only] ? engine.Push(only, target, log, cancel) : engine.PushIndex(images, target, log, cancel);
}
