using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Programs;

namespace Fairlead.Runner.Images;

/// <summary>
/// BuildKit inside a docker daemon, driven by docker's own client, which also reads the build directory, answers for
/// secrets and logs in at registries of base images.
/// </summary>
internal sealed partial class BuildKitEngine(EngineAccess access, ProgramRunner programs) : IImageEngine
{
    /// <summary>
    /// Whoever asked for the build knows its deadline and cancels; this only bounds a forgotten call.
    /// </summary>
    private static readonly TimeSpan Forever = TimeSpan.FromHours(24);

    private readonly DockerPush _push = new(access, programs);

    public EngineAbilities Abilities { get; } = new(MachinePlatform, Ssh: false);

    public static string MachinePlatform { get; } =
        RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "linux/amd64",
            Architecture.Arm64 => "linux/arm64",
            var other => $"linux/{other.ToString().ToLowerInvariant()}",
        };

    public async Task<Outcome<BuiltImage>> Build(ImageBuild build, Action<string> log, CancellationToken cancel)
    {
        if (!BuildRequest.Check(build).Try(out var path, out var wrong))
            return wrong;
        var asked = await BaseRegistries.Ask(build, path.Dockerfile, access.Doors, cancel);
        if (!asked.Try(out var known, out var doubt))
            return doubt;
        if (known.FirstOrDefault(IsLoopbackOverTls) is { } unreachable)
            return BuildFailures.BaseLoopbackTls(unreachable.Image);
        using var secrets = SecretFiles.In(access.Secrets);
        secrets.WriteLogins(build.Keys.Where(key => key.Username.Length > 0).Select(RegistryLogin.Basic));
        var answer = Path.Combine(secrets.Path, "image-id");
        var output = new BuildKitOutput(log);
        var call = access.Docker(secrets.Path, Arguments(build, path, secrets, answer)) with
        {
            Timeout = Forever,
            OnLine = output.Line,
            OutputLimit = 0,
        };
        call = Trusting(call, build, secrets);
        if (!(await programs.Run(call, cancel)).Try(out var result, out var failure))
            return failure;
        if (!result.Ok)
            return BuildKitWords.Explain(output, build);
        var id = (await File.ReadAllTextAsync(answer, cancel)).Trim();
        return ImageId().IsMatch(id)
            ? new BuiltImage(id, build.Platform ?? MachinePlatform)
            : BuildFailures.EngineGone("build");
    }

    public Task<Outcome<PushedImage>> Push(
        BuiltImage image,
        PushTarget target,
        Action<string> log,
        CancellationToken cancel
    ) => _push.Run(image, target, log, cancel);

    public Task<Outcome<PushedImage>> PushIndex(
        IReadOnlyList<BuiltImage> images,
        PushTarget target,
        Action<string> log,
        CancellationToken cancel
    ) => new IndexPush(access, programs, WriteOut).Run(images, target, log, cancel);

    private async Task<Outcome<string>> WriteOut(BuiltImage image, string directory, CancellationToken cancel)
    {
        using var secrets = SecretFiles.In(access.Secrets);
        var archive = Path.Combine(directory, "image.tar");
        var call = access.Docker(secrets.Path, ["save", "--output", archive, image.Id]) with { Timeout = Forever };
        return (await programs.Run(call, cancel)).Then<string>(result =>
            result.Ok ? $"docker-archive:{archive}" : BuildKitWords.NotSaved(result.Error)
        );
    }

    /// <summary>
    /// The daemon asks registries, but docker's client asks their token services: it has to know their authorities,
    /// besides those of the system's own directory.
    /// </summary>
    private static ProgramCall Trusting(ProgramCall call, ImageBuild build, SecretFiles secrets)
    {
        var authorities = build.Keys.Select(key => key.CertificateAuthorities).OfType<string>().ToList();
        if (authorities.Count == 0)
            return call;
        var file = secrets.Write("authorities.pem", Encoding.ASCII.GetBytes(string.Join('\n', authorities)));
        return call with
        {
            Environment = new Dictionary<string, string>(call.Environment) { ["SSL_CERT_FILE"] = file },
        };
    }

    /// <summary>The daemon's BuildKit speaks http to such a registry, whatever it is told (docker 20.10).</summary>
    private static bool IsLoopbackOverTls(KnownBase known) =>
        !known.Key.PlainHttp && new Uri($"https://{known.Key.Host}").IsLoopback;

    private List<string> Arguments(ImageBuild build, ContextPath path, SecretFiles secrets, string answer)
    {
        List<string> arguments =
        [
            .. access.Builder is { } builder ? new[] { "buildx", "build", "--builder", builder, "--load" } : ["build"],
            "--progress",
            "plain",
            "--pull",
            "--iidfile",
            answer,
            "--file",
            path.Dockerfile,
        ];
        if (access is { Private: true, Builder: null })
            arguments.AddRange(["--network", "host"]);
        if (build.NoCache)
            arguments.Add("--no-cache");
        if (build.Platform is { } platform)
            arguments.AddRange(["--platform", platform]);
        foreach (var (name, value) in build.Arguments)
            arguments.AddRange(["--build-arg", $"{name}={value}"]);
        arguments.AddRange(["--build-arg", $"BUILDKIT_CACHE_MOUNT_NS={build.CacheName}"]);
        foreach (var (id, secret) in build.Secrets)
            arguments.AddRange(["--secret", $"id={id},src={secrets.Write($"secret-{id}", secret.Bytes)}"]);
        return [.. arguments, path.Context];
    }

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z")]
    private static partial Regex ImageId();
}
