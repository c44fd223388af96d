using Fairlead.Core.Outcomes;
using Fairlead.Programs;

namespace Fairlead.Server.Execution.Engines;

/// <summary>Writes what an engine is started with, and gives its user the directories that are its own.</summary>
internal sealed class SlotFiles(EngineOptions options, SlotPaths paths, ProgramRunner programs)
{
    private const int LongestSocketPath = 107;

    public async Task<Outcome<Done>> Prepare(SlotPlan plan, CancellationToken cancel)
    {
        if (paths.Socket.Length > LongestSocketPath)
            return EngineFailures.RunPathTooLong(paths.Socket);
        if (Environment.IsPrivilegedProcess && !UserExists(options.EngineUser))
            return EngineFailures.NoUser(options.EngineUser);

        var made = await Install([paths.State], "0711", owned: false, cancel);
        made = made.Ok ? await Install([plan.Store, paths.Home], "0700", owned: true, cancel) : made;
        // The runner's user is in the engine's group: it may pass through to the socket, and do no more.
        made = made.Ok ? await Install([paths.Run], "0710", owned: true, cancel) : made;
        if (!made.Ok)
            return made;

        foreach (var (name, content) in plan.Files)
            await File.WriteAllTextAsync(paths.File(name), content, cancel);
        if (Directory.Exists(paths.Certificates))
            Directory.Delete(paths.Certificates, recursive: true);
        Directory.CreateDirectory(paths.Certificates);
        foreach (var registry in plan.Registries.Where(r => r.CertificateAuthorities is not null))
        {
            var directory = Directory.CreateDirectory(Path.Combine(paths.Certificates, registry.Host));
            await File.WriteAllTextAsync(
                Path.Combine(directory.FullName, "ca.crt"),
                registry.CertificateAuthorities,
                cancel
            );
        }
        return Done.It;
    }

    private async Task<Outcome<Done>> Install(string[] directories, string mode, bool owned, CancellationToken cancel)
    {
        string[] owner =
            owned && Environment.IsPrivilegedProcess ? ["-o", options.EngineUser, "-g", options.EngineUser] : [];
        var made = await programs.Run(new("install", ["-d", "-m", mode, .. owner, "--", .. directories]), cancel);
        return made.Then<Done>(r => r.Ok ? Done.It : EngineFailures.NoDirectory(directories[0]));
    }

    private static bool UserExists(string user) =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith(user + ":", StringComparison.Ordinal));
}
