using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Programs;

namespace Fairlead.Runner.Images;

/// <summary>skopeo, speaking to the registry of one push from outside of the engine, with that push's login.</summary>
internal sealed partial class Skopeo(EngineAccess access, ProgramRunner programs, PushTarget target) : IDisposable
{
    private static readonly TimeSpan Forever = TimeSpan.FromHours(24);

    private readonly SecretFiles _secrets = Prepare(access, target);

    /// <summary>Copies an image to the target's tags, and gives the digest it has there.</summary>
    /// <param name="source">The image in skopeo's words, with options for it before.</param>
    public async Task<Outcome<string>> Copy(string[] source, Action<string> log, CancellationToken cancel)
    {
        if (await RegistryTokens.Doubt(target, cancel) is { } doubt)
            return doubt;
        var answer = Path.Combine(_secrets.Path, "digest");
        foreach (var tag in target.Tags)
        {
            // A further tag copies nothing: the layers are there.
            string[] arguments = ["copy", .. Login("--dest-"), "--digestfile", answer];
            var copied = await Run([.. arguments, .. source, $"docker://{target.Reference(tag)}"], log, cancel);
            if (!copied.Try(out var result, out var failure))
                return failure;
            if (!result.Ok)
                return PushWords.Explain(result.Error, target);
        }
        var digest = (await File.ReadAllTextAsync(answer, cancel)).Trim();
        return Digest().IsMatch(digest) ? digest : BuildFailures.PushOther("skopeo names no digest");
    }

    /// <summary>Puts an image into a layout on this disk, layers packed as they will be sent.</summary>
    public async Task<Outcome<Done>> Keep(string source, string place, CancellationToken cancel)
    {
        var kept = await Run(["copy", "--quiet", source, place], _ => { }, cancel);
        return kept.Then<Done>(result => result.Ok ? Done.It : PushWords.Explain(result.Error, target));
    }

    /// <summary>Reads a manifest back from the registry: bytes of configuration and layers.</summary>
    public async Task<Outcome<long>> Size(string digest, CancellationToken cancel)
    {
        string[] arguments =
        [
            "inspect",
            "--raw",
            .. Login("--"),
            $"docker://{target.Registry}/{target.Repository}@{digest}",
        ];
        if (!(await Run(arguments, _ => { }, cancel)).Try(out var result, out var failure))
            return failure;
        if (!result.Ok)
            return PushWords.Explain(result.Error, target);
        // ProgramRunner ends the text with one line break more than the manifest has.
        var manifest = Encoding.UTF8.GetBytes(result.Output[..^1]);
        if (digest != $"sha256:{Convert.ToHexStringLower(SHA256.HashData(manifest))}")
            return BuildFailures.PushOther("the registry holds another manifest than was sent");
        using var json = JsonDocument.Parse(manifest);
        var layers = json.RootElement.GetProperty("layers").EnumerateArray();
        return layers.Append(json.RootElement.GetProperty("config")).Sum(part => part.GetProperty("size").GetInt64());
    }

    public void Dispose() => _secrets.Dispose();

    private Task<Outcome<ProgramResult>> Run(string[] arguments, Action<string> log, CancellationToken cancel) =>
        programs.Run(
            new ProgramCall("skopeo", ["--insecure-policy", "--tmpdir", access.Work, .. arguments])
            {
                Environment = new Dictionary<string, string>
                {
                    ["HOME"] = access.Work,
                    ["XDG_RUNTIME_DIR"] = _secrets.Path,
                },
                Timeout = Forever,
                OnLine = log,
            },
            cancel
        );

    private string[] Login(string prefix) =>
        [
            $"{prefix}authfile",
            Path.Combine(_secrets.Path, "config.json"),
            $"{prefix}cert-dir",
            _secrets.Path,
            $"{prefix}tls-verify={(target.PlainHttp ? "false" : "true")}",
        ];

    private static SecretFiles Prepare(EngineAccess access, PushTarget target)
    {
        var secrets = SecretFiles.In(access.Secrets);
        secrets.WriteLogins(target.Key is { Username.Length: > 0 } key ? [RegistryLogin.Basic(key)] : []);
        if (target.CertificateAuthorities is { } authorities)
            secrets.Write("ca.crt", Encoding.UTF8.GetBytes(authorities));
        return secrets;
    }

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z")]
    private static partial Regex Digest();
}
