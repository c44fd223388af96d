using Fairlead.Contracts.Jobs;
using Fairlead.Runner.Sources;

namespace Fairlead.Runner.Steps;

/// <summary>What a job leaves on disk: removed at its end, and what killed jobs left behind, too.</summary>
internal static class Leftovers
{
    /// <summary>A repository that nothing was built from for so long is fetched anew when it is needed again.</summary>
    private static readonly TimeSpan MirrorsKept = TimeSpan.FromDays(30);

    public static void Prepare(JobWorkspace workspace)
    {
        Directories.MakePrivate(workspace.Mirrors);
        Directories.MakePrivate(workspace.Job);
        Directories.MakePrivate(workspace.Secrets);
    }

    /// <summary>The directory itself is the server's to remove: what it lies in is not this user's to change.</summary>
    public static void RemoveSecrets(JobWorkspace workspace)
    {
        if (Directory.Exists(workspace.Secrets))
            Directories.Empty(workspace.Secrets);
    }

    /// <summary>Diagnostics stay for the server to keep or drop.</summary>
    public static void Remove(JobWorkspace workspace)
    {
        foreach (var directory in Directory.Exists(workspace.Job) ? Directory.GetDirectories(workspace.Job) : [])
            Directories.Remove(directory);
        foreach (var file in Directory.Exists(workspace.Job) ? Directory.GetFiles(workspace.Job) : [])
            if (Path.GetFileName(file) != Diagnostics.FileName)
                File.Delete(file);
    }

    /// <summary>Removes mirrors that nobody used for long; one that a job holds is left alone.</summary>
    public static void Forget(JobWorkspace workspace, TimeProvider time)
    {
        foreach (var root in Directory.EnumerateDirectories(workspace.Mirrors))
        {
            var file = Path.Combine(root, MirrorPlace.LockName);
            if (time.GetUtcNow() - File.GetLastWriteTimeUtc(file) < MirrorsKept)
                continue;
            using var held = MirrorLock.TryTake(file);
            if (held is not null)
                Directories.Remove(root);
        }
    }
}
