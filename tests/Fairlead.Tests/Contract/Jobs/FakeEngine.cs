using Fairlead.Core.Outcomes;
using Fairlead.Runner.Images;

namespace Fairlead.Tests.Contract.Jobs;

/// <summary>An engine that does what a test says, so that a runner's own conduct can be watched.</summary>
internal sealed class FakeEngine : IImageEngine
{
    public static readonly string Digest = "sha256:" + new string('d', 64);

    /// <summary>Completed as soon as a build has begun.</summary>
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Func<Action<string>, CancellationToken, Task<Failure?>> OnBuild { get; init; } =
        (_, _) => Task.FromResult<Failure?>(null);

    public ImageBuild? Asked { get; private set; }

    /// <summary>Platforms of the index that was pushed.</summary>
    public IReadOnlyList<string> Joined { get; private set; } = [];

    public PushTarget? Pushed { get; private set; }

    public EngineAbilities Abilities { get; } = new("linux/amd64", Ssh: false);

    public async Task<Outcome<BuiltImage>> Build(ImageBuild build, Action<string> log, CancellationToken cancel)
    {
        Asked = build;
        Begun.TrySetResult();
        log("building");
        return await OnBuild(log, cancel) is { } failure
            ? failure
            : new BuiltImage(Digest, build.Platform ?? "linux/amd64");
    }

    public Task<Outcome<PushedImage>> Push(
        BuiltImage image,
        PushTarget target,
        Action<string> log,
        CancellationToken cancel
    )
    {
        Pushed = target;
        log($"pushing with {target.Key?.Password.Reveal()}");
        return Task.FromResult<Outcome<PushedImage>>(new PushedImage(Digest, 42));
    }

    public Task<Outcome<PushedImage>> PushIndex(
        IReadOnlyList<BuiltImage> images,
        PushTarget target,
        Action<string> log,
        CancellationToken cancel
    )
    {
        Joined = [.. images.Select(image => image.Platform)];
        return Push(images[0], target, log, cancel);
    }
}
