using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Programs;

namespace Fairlead.Runner.Images;

/// <summary>
/// Publishes an image with skopeo, from outside of the engine: it logs in by itself, and packs layers on all processors.
/// </summary>
internal sealed partial class SkopeoPush(EngineAccess access, ProgramRunner programs)
{
    private static readonly TimeSpan Forever = TimeSpan.FromHours(24);

    /// <param name="source">The image in skopeo's words.</param>
    /// <param name="options">Options for the source.</param>
    public async Task<Outcome<PushedImage>> Run(
        string source,
        IReadOnlyList<string> options,
        PushTarget target,
        Action<string> log,
        CancellationToken cancel
    )
    {
        using var secrets = SecretFiles.In(access.Secrets);
        var key = target.Key is { Username.Length: > 0 } known ? known : null;
        var logins = secrets.WriteLogins(key is null ? [] : [RegistryLogin.Basic(key)]);
        if (target.CertificateAuthorities is { } authorities)
            secrets.Write("ca.crt", System.Text.Encoding.UTF8.GetBytes(authorities));
        var answer = Path.Combine(secrets.Path, "digest");
        foreach (var tag in target.Tags)
        {
            // A second tag is a copy within the registry: its layers are there.
            var call = new ProgramCall(
                "skopeo",
                [
                    "--insecure-policy",
                    "--tmpdir",
                    access.Work,
                    "copy",
                    .. options,
                    "--dest-authfile",
                    logins,
                    "--dest-cert-dir",
                    secrets.Path,
                    $"--dest-tls-verify={(target.PlainHttp ? "false" : "true")}",
                    "--digestfile",
                    answer,
                    source,
                    $"docker://{target.Reference(tag)}",
                ]
            )
            {
                Environment = new Dictionary<string, string>
                {
                    ["HOME"] = access.Work,
                    ["XDG_RUNTIME_DIR"] = secrets.Path,
                },
                Timeout = Forever,
                OnLine = log,
            };
            if (!(await programs.Run(call, cancel)).Try(out var result, out var failure))
                return failure;
            if (!result.Ok)
                return PushWords.Explain(result.Error, target);
        }
        var digest = (await File.ReadAllTextAsync(answer, cancel)).Trim();
        return Digest().IsMatch(digest)
            ? new PushedImage(digest, 0)
            : BuildFailures.PushOther("skopeo names no digest");
    }

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z")]
    private static partial Regex Digest();
}
