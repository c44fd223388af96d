using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Programs;

namespace Fairlead.Runner.Images;

/// <summary>Publishes an image from a docker daemon.</summary>
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
        var login = await Login(target, cancel);
        if (!login.Try(out var logins, out var failure))
            return failure;
        using var secrets = SecretFiles.In(access.Secrets);
        secrets.WriteLogins(logins);
        string? digest = null;
        foreach (var tag in target.Tags)
        {
            var pushed = await One(image, target, tag, secrets.Path, log, cancel);
            if (!pushed.Try(out digest, out failure))
                return failure;
        }
        return new PushedImage(digest!, 0);
    }

    /// <summary>Behind a door the daemon cannot ask for a token, so it gets one; elsewhere it asks by itself.</summary>
    private async Task<Outcome<IReadOnlyList<RegistryLogin>>> Login(PushTarget target, CancellationToken cancel)
    {
        if (!access.Doors.Contains(target.Registry))
            return target.Key is { Username.Length: > 0 } key ? new[] { RegistryLogin.Basic(key) } : [];
        var login = await RegistryTokens.ForPush(target, cancel);
        return login.Map<IReadOnlyList<RegistryLogin>>(found => found is null ? [] : [found]);
    }

    private async Task<Outcome<string>> One(
        BuiltImage image,
        PushTarget target,
        string tag,
        string configuration,
        Action<string> log,
        CancellationToken cancel
    )
    {
        var reference = target.Reference(tag);
        var tagged = await programs.Run(access.Docker(configuration, ["tag", image.Id, reference]), cancel);
        if (!tagged.Try(out var result, out var failure))
            return failure;
        if (!result.Ok)
            return BuildFailures.PushOther("the engine does not have the image any more");
        var call = access.Docker(configuration, ["push", reference]) with { Timeout = Forever, OnLine = log };
        if (!(await programs.Run(call, cancel)).Try(out result, out failure))
            return failure;
        return result.Ok && Digest().Match(result.Output) is { Success: true } digest
            ? digest.Groups["digest"].Value
            : PushWords.Explain(result.Error, target);
    }

    [GeneratedRegex(@"^[^ ]+: digest: (?<digest>sha256:[0-9a-f]{64}) size: [0-9]+$", RegexOptions.Multiline)]
    private static partial Regex Digest();
}
