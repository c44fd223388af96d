using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Programs;

namespace Fairlead.Runner.Images;

/// <summary>
/// buildah in the jail of the job's slot. The jail knows no registry's push login: images leave it as files.
/// </summary>
internal sealed partial class BuildahEngine(EngineAccess access, ProgramRunner programs) : IImageEngine
{
    private readonly BuildahBases _bases = new(access, programs);

    public EngineAbilities Abilities { get; } = new(BuildKitEngine.MachinePlatform, Ssh: false);

    public async Task<Outcome<BuiltImage>> Build(ImageBuild build, Action<string> log, CancellationToken cancel)
    {
        if (!BuildRequest.Check(build).Try(out var path, out var wrong))
            return wrong;
        if ((await _bases.Bring(build, path.Dockerfile, log, cancel)).Failure is { } missing)
            return missing;
        var files = build.Secrets.ToDictionary(
            secret => $"secret-{secret.Key}",
            secret => secret.Value.Bytes.ToArray()
        );
        files["auth.json"] = SecretFiles.Logins(
            build.Keys.Where(key => key.Username.Length > 0).Select(RegistryLogin.Basic)
        );
        var output = new BuildahOutput(log);
        try
        {
            await using var jail = await JailCall.Connect(access.Endpoint, cancel);
            await jail.Request("build", Cache(build.CacheName), Arguments(build, path), files, cancel);
            await jail.Send(path.Context, cancel);
            var result = await jail.Read(output.Line, cancel);
            if (result is null)
                return BuildFailures.EngineGone("build");
            return result.Ok && ImageId().IsMatch(result.Image)
                ? new BuiltImage(result.Image, build.Platform ?? Abilities.Platform)
                : BuildahWords.Explain(output, build, path.Dockerfile);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            cancel.ThrowIfCancellationRequested();
            return BuildFailures.EngineGone("build");
        }
    }

    public async Task<Outcome<PushedImage>> Push(
        BuiltImage image,
        PushTarget target,
        Action<string> log,
        CancellationToken cancel
    )
    {
        var directory = Directory.CreateDirectory(Path.Combine(access.Work, $"image-{Guid.NewGuid():N}")).FullName;
        try
        {
            if (!(await WriteOut(image, directory, cancel)).Try(out var source, out var missing))
                return missing;
            using var skopeo = new Skopeo(access, programs, target);
            if (!(await skopeo.Copy([source], log, cancel)).Try(out var digest, out var failure))
                return failure;
            return (await skopeo.Size(digest, cancel)).Map(size => new PushedImage(digest, size));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    public Task<Outcome<PushedImage>> PushIndex(
        IReadOnlyList<BuiltImage> images,
        PushTarget target,
        Action<string> log,
        CancellationToken cancel
    ) => new IndexPush(access, programs, WriteOut).Run(images, target, log, cancel);

    private async Task<Outcome<string>> WriteOut(BuiltImage image, string directory, CancellationToken cancel)
    {
        try
        {
            await using var jail = await JailCall.Connect(access.Endpoint, cancel);
            string[] arguments = ["push", "--quiet", "--format", "v2s2", image.Id, "dir:../out"];
            await jail.Request("export", "export", arguments, new Dictionary<string, byte[]>(), cancel);
            if (await jail.Read(_ => { }, cancel) is not { Ok: true })
                return BuildFailures.ImageGone;
            await jail.Receive(directory, cancel);
            return $"dir:{directory}";
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            cancel.ThrowIfCancellationRequested();
            return BuildFailures.EngineGone("push");
        }
    }

    private static List<string> Arguments(ImageBuild build, ContextPath path)
    {
        List<string> arguments = ["build", "--layers", "--format", "docker", "--network", "host"];
        arguments.AddRange(["--authfile", "../job/auth.json", "--iidfile", "../job/image-id"]);
        arguments.AddRange(["--file", Path.GetRelativePath(path.Context, path.Dockerfile)]);
        if (build.NoCache)
            arguments.Add("--no-cache");
        if (build.Platform is { } platform)
        {
            arguments.AddRange(["--platform", platform]);
            // buildah 1.28 takes FROM --platform=$BUILDPLATFORM for the target's without.
            arguments.AddRange(["--build-arg", $"BUILDPLATFORM={BuildKitEngine.MachinePlatform}"]);
        }
        foreach (var (name, value) in build.Arguments)
            arguments.AddRange(["--build-arg", $"{name}={value}"]);
        foreach (var id in build.Secrets.Keys)
            arguments.AddRange(["--secret", $"id={id},src=../job/secret-{id}"]);
        return [.. arguments, "."];
    }

    /// <summary>A directory's name: buildah keeps cache mounts where its temporary files go.</summary>
    private static string Cache(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32];

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z")]
    private static partial Regex ImageId();
}
