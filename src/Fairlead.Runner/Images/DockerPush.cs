using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Programs;

namespace Fairlead.Runner.Images;

/// <summary>Publishes an image from a docker daemon, the way that is faster for it: <see cref="PushWay"/>.</summary>
internal sealed partial class DockerPush(EngineAccess access, ProgramRunner programs)
{
    private static readonly TimeSpan Forever = TimeSpan.FromHours(24);

    public async Task<Outcome<PushedImage>> Run(
        BuiltImage image,
        PushTarget target,
        Action<string> log,
        CancellationToken cancel
    )
    {
        if (!(await Layers(image, cancel)).Try(out var layers, out var failure))
            return failure;
        var memory = PushMemory.Read(access.Memory, target);
        var bySkopeo = access.Private && PushWay.SkopeoIsFaster(layers, memory);
        using var skopeo = new Skopeo(access, programs, target);
        string[] source = ["--src-daemon-host", access.Endpoint, $"docker-daemon:{image.Id}"];
        var pushed = bySkopeo ? await skopeo.Copy(source, log, cancel) : await ByDocker(image, target, log, cancel);
        if (!pushed.Try(out var digest, out failure))
            return failure;
        memory.Write(access.Memory, target, layers, byDocker: !bySkopeo);
        return (await skopeo.Size(digest, cancel)).Map(size => new PushedImage(digest, size));
    }

    private async Task<Outcome<string>> ByDocker(
        BuiltImage image,
        PushTarget target,
        Action<string> log,
        CancellationToken cancel
    )
    {
        if (!(await Login(target, cancel)).Try(out var logins, out var failure))
            return failure;
        using var secrets = SecretFiles.In(access.Secrets);
        secrets.WriteLogins(logins);
        var digest = "";
        foreach (var tag in target.Tags)
        {
            var reference = target.Reference(tag);
            var tagged = await programs.Run(access.Docker(secrets.Path, ["tag", image.Id, reference]), cancel);
            if (!tagged.Try(out var result, out failure))
                return failure;
            if (!result.Ok)
                return BuildFailures.ImageGone;
            var call = access.Docker(secrets.Path, ["push", reference]) with { Timeout = Forever, OnLine = log };
            if (!(await programs.Run(call, cancel)).Try(out result, out failure))
                return failure;
            if (!result.Ok || Digest().Match(result.Output) is not { Success: true } match)
                return PushWords.Explain(result.Error, target);
            digest = match.Groups["digest"].Value;
        }
        return digest;
    }

    private async Task<Outcome<IReadOnlyList<RegistryLogin>>> Login(PushTarget target, CancellationToken cancel)
    {
        var login = await RegistryTokens.ForPush(target, access.Doors.Contains(target.Registry), cancel);
        return login.Map<IReadOnlyList<RegistryLogin>>(found => found is null ? [] : [found]);
    }

    private async Task<Outcome<IReadOnlyList<ImageLayer>>> Layers(BuiltImage image, CancellationToken cancel)
    {
        using var secrets = SecretFiles.In(access.Secrets);
        string[] arguments = ["history", "--no-trunc", "--human=false", "--format"];
        var call = access.Docker(
            secrets.Path,
            [.. arguments, "{{.Size}} {{.CreatedAt}} {{json .CreatedBy}}", image.Id]
        );
        var history = await programs.Run(call, cancel);
        return history.Then<IReadOnlyList<ImageLayer>>(result =>
            result.Ok
                ? result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Layer).ToList()
                : BuildFailures.EngineGone("push")
        );
    }

    private static ImageLayer Layer(string line)
    {
        var size = line[..line.IndexOf(' ')];
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)))[..32];
        return new(
            name,
            long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0
        );
    }

    [GeneratedRegex(@"^[^ ]+: digest: (?<digest>sha256:[0-9a-f]{64}) size: [0-9]+$", RegexOptions.Multiline)]
    private static partial Regex Digest();
}
