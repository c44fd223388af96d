using Fairlead.Core.Outcomes;
using Fairlead.Programs;

namespace Fairlead.Runner.Images;

/// <summary>
/// Brings base images into the jail that it cannot fetch itself: those of a registry of this machine that wants a
/// token, of everyone or of nobody in particular, whose service is out of the jail's reach.
/// </summary>
internal sealed class BuildahBases(EngineAccess access, ProgramRunner programs)
{
    /// <summary>Fetches and imports them for the next build, after which the jail forgets their names.</summary>
    public async Task<Outcome<Done>> Bring(
        ImageBuild build,
        string dockerfile,
        Action<string> log,
        CancellationToken cancel
    )
    {
        var asked = await BaseRegistries.Ask(build, dockerfile, access.Doors, cancel);
        if (!asked.Try(out var known, out var doubt))
            return doubt;
        foreach (var found in known.Where(found => found.Hello.Realm is not null && IsBehindDoor(found)))
        {
            var platform = Chosen(found.Platform, build.Platform);
            if ((await Bring(found.Image, platform, found.Key, log, cancel)).Failure is { } failure)
                return failure;
        }
        return Done.It;
    }

    private bool IsBehindDoor(KnownBase found) => access.Doors.Contains(found.Key.Host);

    /// <summary>The platform an image is taken for; null for the machine's own.</summary>
    /// <param name="asked">What its FROM says.</param>
    private static string? Chosen(string? asked, string? built) =>
        asked is null ? built
        : asked.Trim('$', '{', '}') == "BUILDPLATFORM" ? null
        : asked.Contains('/') && !asked.Contains('$') ? asked
        : built;

    private static string[] Only(string? platform) =>
        platform?.Split('/') switch
        {
            [var os, var on] => ["--override-os", os, "--override-arch", on],
            [var os, var on, var variant] =>
            [
                "--override-os",
                os,
                "--override-arch",
                on,
                "--override-variant",
                variant,
            ],
            _ => [],
        };

    private async Task<Outcome<Done>> Bring(
        string image,
        string? platform,
        RegistryKey key,
        Action<string> log,
        CancellationToken cancel
    )
    {
        using var secrets = SecretFiles.In(access.Secrets);
        var directory = Directory.CreateDirectory(Path.Combine(access.Work, $"base-{Guid.NewGuid():N}")).FullName;
        try
        {
            string[] arguments = ["--insecure-policy", "--tmpdir", access.Work, .. Only(platform), "copy"];
            string[] source = [.. From(key, secrets), $"docker://{image}"];
            var call = new ProgramCall("skopeo", [.. arguments, .. source, $"dir:{directory}"])
            {
                Environment = new Dictionary<string, string> { ["HOME"] = access.Work },
                Timeout = TimeSpan.FromHours(1),
                OnLine = log,
            };
            if (!(await programs.Run(call, cancel)).Try(out var result, out var failure))
                return failure;
            if (!result.Ok)
                return BuildahWords.Base("docker:// " + result.Error, image) ?? BuildFailures.Other("a base image");
            await using var jail = await JailCall.Connect(access.Endpoint, cancel);
            var name = new Dictionary<string, byte[]> { ["name"] = System.Text.Encoding.UTF8.GetBytes(image) };
            await jail.Request("import", "import", [], name, cancel);
            await jail.Send(directory, cancel);
            return await jail.Read(log, cancel) is { Ok: true } ? Done.It : BuildFailures.EngineGone("build");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Login and trust: http only where the connection says so, else a certificate that it believes.</summary>
    private static string[] From(RegistryKey key, SecretFiles secrets)
    {
        var logins = key.Username.Length > 0 ? new[] { RegistryLogin.Basic(key) } : [];
        if (key.CertificateAuthorities is { } authorities)
            secrets.Write("ca.crt", System.Text.Encoding.UTF8.GetBytes(authorities));
        string[] trust = ["--src-cert-dir", secrets.Path, $"--src-tls-verify={(key.PlainHttp ? "false" : "true")}"];
        return ["--src-authfile", secrets.WriteLogins(logins), .. trust];
    }
}
