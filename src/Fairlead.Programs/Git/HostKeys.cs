using System.Security.Cryptography;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;

namespace Fairlead.Programs.Git;

/// <summary>The keys by which an ssh host is known, as lines of a known_hosts file.</summary>
public static class HostKeys
{
    private static readonly string[] Types =
    [
        "ssh-ed25519",
        "ecdsa-sha2-nistp256",
        "ecdsa-sha2-nistp384",
        "ecdsa-sha2-nistp521",
        "ssh-rsa",
        "rsa-sha2-256",
        "rsa-sha2-512",
    ];

    /// <summary>Asks the host for its keys. They prove nothing until a person has compared the fingerprints.</summary>
    /// <param name="pinned">The vetted address to ask.</param>
    /// <returns>known_hosts lines; none when the host gave no key.</returns>
    public static async Task<Outcome<IReadOnlyList<string>>> Scan(
        ProgramRunner programs,
        GitUrl url,
        string pinned,
        CancellationToken cancel
    )
    {
        var call = new ProgramCall(
            "ssh-keyscan",
            ["-T", "5", "-p", $"{url.Port}", "-t", "ed25519,ecdsa,rsa", "--", pinned.Split(',')[0]]
        )
        {
            Timeout = TimeSpan.FromSeconds(8),
        };
        return (await programs.Run(call, cancel)).Map(result => Normalise(url, result.Output) ?? []);
    }

    /// <summary>Rewrites pasted or scanned lines for this host; null when one of them is no host key.</summary>
    public static IReadOnlyList<string>? Normalise(GitUrl url, string text)
    {
        var keys = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(Key)
            .ToList();
        return keys.Contains(null) ? null : [.. keys.Distinct().Select(key => $"{url.KnownHostsName} {key}")];
    }

    /// <summary><c>SHA256:... (ED25519)</c>, as ssh itself shows it.</summary>
    public static string Fingerprint(string line)
    {
        var parts = line.Split(' ');
        var digest = Convert.ToBase64String(SHA256.HashData(Convert.FromBase64String(parts[^1]))).TrimEnd('=');
        return $"SHA256:{digest} ({parts[^2].Replace("ssh-", "").Split('-')[0].ToUpperInvariant()})";
    }

    /// <summary>Type and key of a line, with or without the host before them.</summary>
    private static string? Key(string line)
    {
        var parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var at = Array.FindIndex(parts, part => Types.Contains(part));
        return
            at is 0 or 1
            && at + 1 < parts.Length
            && parts[at + 1].Length < 4096
            && Convert.TryFromBase64String(parts[at + 1], new byte[4096], out var written)
            && written > 0
            ? $"{parts[at]} {parts[at + 1]}"
            : null;
    }
}
