using Fairlead.Core.Outcomes;

namespace Fairlead.Runner.Images;

/// <summary>
/// Builds an image from a directory and publishes it. Implementations keep one contract suite
/// (<c>ImageEngineContract</c>); what they differ in stands in <see cref="Abilities"/>.
/// </summary>
internal interface IImageEngine
{
    EngineAbilities Abilities { get; }

    /// <summary>
    /// Builds. A failure's code begins with <c>build.</c> and its sentence names the step; the engine's words reach
    /// <paramref name="log"/> line by line, unmasked.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; within a second nothing of the build runs.</exception>
    Task<Outcome<BuiltImage>> Build(ImageBuild build, Action<string> log, CancellationToken cancel);

    /// <summary>
    /// Publishes the image under every tag of the target, whose registry holds the same manifest under all of them
    /// afterwards. A failure's code begins with <c>push.</c>.
    /// </summary>
    Task<Outcome<PushedImage>> Push(BuiltImage image, PushTarget target, Action<string> log, CancellationToken cancel);

    /// <summary>
    /// Publishes images of one build for several platforms as one OCI image index, under every tag of the target and
    /// no other tag. The digest is the index's, the size that of all images.
    /// </summary>
    Task<Outcome<PushedImage>> PushIndex(
        IReadOnlyList<BuiltImage> images,
        PushTarget target,
        Action<string> log,
        CancellationToken cancel
    );
}

/// <summary>What an engine can do beyond building one image for one platform.</summary>
/// <param name="Platform">The platform of images built without saying, <c>linux/amd64</c>.</param>
/// <param name="Ssh">Whether <c>RUN --mount=type=ssh</c> works.</param>
internal sealed record EngineAbilities(string Platform, bool Ssh);

/// <summary>An image in the engine's own store.</summary>
/// <param name="Id">Digest of its configuration, <c>sha256:...</c>.</param>
/// <param name="Platform"><c>os/architecture</c>.</param>
internal sealed record BuiltImage(string Id, string Platform);

/// <summary>An image in a registry.</summary>
/// <param name="Digest">Of its manifest, <c>sha256:...</c>.</param>
/// <param name="Size">Bytes of configuration and layers as the registry holds them.</param>
internal sealed record PushedImage(string Digest, long Size);
