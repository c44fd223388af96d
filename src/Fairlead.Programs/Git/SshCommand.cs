using Fairlead.Core.Sources;

namespace Fairlead.Programs.Git;

/// <summary>
/// The ssh that git calls: no configuration, no agent, no password, no trust on first use, and no name look-up of its
/// own. Git hands the text to a shell, so it consists of fixed words and paths that <see cref="GitFiles"/> made.
/// </summary>
internal static class SshCommand
{
    public static string For(GitUrl url, string? pinned, GitFiles files)
    {
        var options = new List<string>(Fixed)
        {
            $"UserKnownHostsFile={files.KnownHosts}",
            $"HostKeyAlias={url.KnownHostsName}",
        };
        if (pinned is not null)
            options.Add($"HostName={pinned.Split(',')[0]}");
        var identity = files.Key is { } key ? $" -i '{key}'" : "";
        return $"ssh -F /dev/null{identity}{string.Concat(options.Select(option => $" -o '{option}'"))}";
    }

    private static readonly IReadOnlyList<string> Fixed =
    [
        "BatchMode=yes",
        "StrictHostKeyChecking=yes",
        "GlobalKnownHostsFile=/dev/null",
        "UpdateHostKeys=no",
        "IdentitiesOnly=yes",
        "IdentityAgent=none",
        "PreferredAuthentications=publickey",
        "ForwardAgent=no",
        "ClearAllForwardings=yes",
        "PermitLocalCommand=no",
        "ProxyCommand=none",
        "ControlMaster=no",
        "ControlPath=none",
        "ConnectTimeout=10",
        "ServerAliveInterval=15",
        "ServerAliveCountMax=4",
    ];
}
