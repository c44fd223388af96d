using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Rules;
using Fairlead.Core.Sources;
using Fairlead.Programs;
using Fairlead.Programs.Git;
using Fairlead.Runner.Images;
using Fairlead.Runner.Inputs;
using Fairlead.Runner.Logs;
using Fairlead.Runner.Sources;
using Fairlead.Runner.Talk;

namespace Fairlead.Runner.Steps;

/// <summary>One build from its commit to its image: source, inputs, build, push.</summary>
internal sealed class Job(
    JobSpec spec,
    JobClient server,
    WayToServer door,
    JobLog log,
    JobMask mask,
    Phases phases,
    TimeProvider time
)
{
    private readonly ProgramRunner _programs = new(time);

    public async Task<Outcome<MadeImage>> Run(IImageEngine engine, CancellationToken cancel)
    {
        Enter(Phases.Source, "Source");
        var sources = new SourceStep(spec, Git(), new WayToHost(spec.Source, server.LeaseGit, door, mask), Log, time);
        if (!(await sources.Find(cancel)).Try(out var found, out var failure))
            return failure;
        if (!(await new InputsStep(spec, server, Log).Run(found, cancel)).Try(out var inputs, out failure))
            return failure;
        if (inputs.Reused is { } reused)
            return reused;
        if (!(await sources.CheckOut(found, cancel)).Try(out var source, out failure))
            return failure;
        Enter(Phases.Build, "Build");
        var platforms = new PlatformBuilds(engine, Log);
        if (!(await Build(platforms, source, inputs, cancel)).Try(out var built, out failure))
            return failure;
        Enter(Phases.Push, "Push");
        return await Push(platforms, built, cancel);
    }

    private GitProgram Git() => new(_programs, spec.Workspace.Secrets);

    private async Task<Outcome<IReadOnlyList<BuiltImage>>> Build(
        PlatformBuilds platforms,
        CheckedOut source,
        KnownInputs inputs,
        CancellationToken cancel
    )
    {
        if (!(await new RegistryKeys(server, mask).ForBases(inputs.Bases, cancel)).Try(out var keys, out var failure))
            return failure;
        var build = new ImageBuild(source.Root, source.Context.Directory, source.Context.Dockerfile)
        {
            Arguments = spec.Image.Arguments,
            NoCache = spec.Image.NoCache,
            CacheName = CacheName(),
            Keys = keys,
        };
        return await platforms.Build(build, spec.Image.Platforms, cancel);
    }

    private async Task<Outcome<MadeImage>> Push(
        PlatformBuilds platforms,
        IReadOnlyList<BuiltImage> built,
        CancellationToken cancel
    )
    {
        var image = spec.Image;
        var lease = await new RegistryKeys(server, mask).ToPush(image.Registry, image.Repository, cancel);
        if (!lease.Ok)
            return lease.Failure;
        var target = new PushTarget(image.Registry, image.Repository, image.Tags)
        {
            Key = lease.Value,
            PlainHttp = image.PlainHttp,
            CertificateAuthorities = image.CertificateAuthorities,
        };
        var pushed = await platforms.Push(built, target, cancel);
        return pushed.Map(done => new MadeImage(done.Digest, done.Size, [.. built.Select(image => image.Platform)]));
    }

    /// <summary>What one request leaves behind, no other finds.</summary>
    private string CacheName()
    {
        var name = $"{spec.Image.Registry}/{spec.Image.Repository}";
        return GitRef.TryParse(spec.Source.Ref, out var from) && from.Kind == RefKind.Request
            ? $"{name}/{VersionTemplate.Kept}{from.Name}"
            : name;
    }

    private void Enter(string phase, string heading)
    {
        phases.Enter(phase);
        log.Write(phase, heading, "phase");
    }

    private void Log(string line) => log.Write(phases.Current, line);
}
