using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Runner.Sources;
using Fairlead.Runner.Steps;
using Fairlead.Runner.Talk;

namespace Fairlead.Runner.Inputs;

/// <summary>What the second step found out.</summary>
/// <param name="Reused">The image that these very inputs made before and that bears the new tags now, or null.</param>
/// <param name="Bases">The images the build starts from.</param>
internal sealed record KnownInputs(MadeImage? Reused, IReadOnlyList<string> Bases);

/// <summary>
/// The second step: tells the server everything that decides the image. Inputs it has seen before make the same image,
/// so it is tagged again and nothing is built, nor even written to disk.
/// </summary>
internal sealed class InputsStep(JobSpec spec, JobClient server, Action<string> log)
{
    public async Task<Outcome<KnownInputs>> Run(FoundSource source, CancellationToken cancel)
    {
        var bases = DockerfileBases.Read(source.Dockerfile, spec.Image.Arguments);
        var request = new InputsRequest(
            spec.Attempt,
            source.Context.Tree,
            source.Context.DockerfileBlob,
            bases.Images,
            bases.Certain && !spec.Image.NoCache
        );
        if (!(await server.Inputs(request, cancel)).Try(out var reply, out var failure))
            return failure;
        if (reply is not { ReusedBuild: { } build, Digest: { } digest })
            return new KnownInputs(null, bases.Images);
        log($"Nothing that decides the image has changed since build {build}: its image is tagged again.");
        return new KnownInputs(new MadeImage(digest, 0, spec.Image.Platforms), bases.Images);
    }
}
