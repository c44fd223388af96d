using System.Text;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;

namespace Fairlead.Programs.Git;

/// <summary>Makes key pairs and reads pasted ones, with OpenSSH's own program.</summary>
public sealed class SshKeys(ProgramRunner programs)
{
    /// <summary>A new ed25519 pair.</summary>
    public async Task<Outcome<(Secret Private, string Public)>> Make(CancellationToken cancel)
    {
        using var directory = new PrivateDirectory(PrivateDirectory.SharedMemory);
        var file = directory.PathOf("key");
        var call = new ProgramCall("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "fairlead", "-f", file]);
        if (!(await programs.Run(call, cancel)).Try(out var result, out var failure))
            return failure;
        if (!result.Ok)
            return GitFailures.Unnamed;
        var shown = (await File.ReadAllTextAsync(file + ".pub", cancel)).Trim();
        return (new Secret(await File.ReadAllBytesAsync(file, cancel)), shown);
    }

    /// <summary>The public half of a pasted private key.</summary>
    public async Task<Outcome<string>> PublicHalf(Secret key, CancellationToken cancel)
    {
        using var directory = new PrivateDirectory(PrivateDirectory.SharedMemory);
        var file = directory.Save("key", Unix(key));
        var call = new ProgramCall("ssh-keygen", ["-y", "-P", "", "-f", file]);
        if (!(await programs.Run(call, cancel)).Try(out var result, out var failure))
            return failure;
        if (result.Ok)
            return result.Output.Trim();
        return result.Error.Contains("passphrase") ? GitFailures.KeyHasPassphrase : GitFailures.KeyUnreadable;
    }

    /// <summary>OpenSSH reads only keys with Unix line ends and a last one.</summary>
    internal static byte[] Unix(Secret key) =>
        Encoding.UTF8.GetBytes(key.Reveal().ReplaceLineEndings("\n").Trim() + "\n");
}
