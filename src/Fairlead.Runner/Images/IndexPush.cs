using Fairlead.Core.Outcomes;
using Fairlead.Programs;

namespace Fairlead.Runner.Images;

/// <summary>
/// Writes an image out of the engine's store into an empty directory, and says where it is in skopeo's words.
/// </summary>
internal delegate Task<Outcome<string>> WriteOut(BuiltImage image, string directory, CancellationToken cancel);

/// <summary>
/// Publishes images for several platforms as one image: they meet on disk, and go from there by digest, so that the
/// registry never has a tag but those asked for. The index comes last: a push that breaks off changes no tag.
/// </summary>
internal sealed class IndexPush(EngineAccess access, ProgramRunner programs, WriteOut writeOut)
{
    public async Task<Outcome<PushedImage>> Run(
        IReadOnlyList<BuiltImage> images,
        PushTarget target,
        Action<string> log,
        CancellationToken cancel
    )
    {
        var directory = Directory.CreateDirectory(Path.Combine(access.Work, $"index-{Guid.NewGuid():N}")).FullName;
        try
        {
            var layout = new OciLayout(Path.Combine(directory, "layout"));
            using var skopeo = new Skopeo(access, programs, target);
            foreach (var image in images)
                if ((await Collect(image, layout, directory, skopeo, cancel)).Failure is { } missing)
                    return missing;
            var size = await layout.Join([.. images.Select(one => one.Platform)], cancel);
            var pushed = await skopeo.Copy(["--all", "--preserve-digests", layout.All], log, cancel);
            return pushed.Map(digest => new PushedImage(digest, size));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private async Task<Outcome<Done>> Collect(
        BuiltImage image,
        OciLayout layout,
        string directory,
        Skopeo skopeo,
        CancellationToken cancel
    )
    {
        var single = Directory.CreateDirectory(Path.Combine(directory, "single")).FullName;
        if (!(await writeOut(image, single, cancel)).Try(out var source, out var failure))
            return failure;
        var kept = await skopeo.Keep(source, layout.Place(image.Platform), cancel);
        Directory.Delete(single, recursive: true);
        return kept;
    }
}
