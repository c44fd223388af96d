using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Vault;

/// <summary>Makes or checks the key file before anything is served.</summary>
internal sealed class VaultSetup(KeyRing keys, ServerOptions options, IServiceScopeFactory scopes, TimeProvider time)
{
    /// <exception cref="StartupException">The key file is lost, misplaced, or open to others.</exception>
    public async Task Run(CancellationToken cancel)
    {
        if (IsInside(keys.Path, options.Data))
            throw new StartupException(VaultFailures.InsideData(keys.Path));
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        var used = await db.Set<SealedRow>().Select(row => row.KeyId).Distinct().ToListAsync(cancel);
        if (!keys.FileExists && used.Count > 0)
            throw new StartupException(VaultFailures.Lost(keys.Path));
        if (!keys.FileExists)
            keys.Replace([KeyEncryptionKey.Make(time.GetUtcNow())]);
        if (used.FirstOrDefault(id => keys.Find(id) is null) is { } missing)
            throw new StartupException(VaultFailures.KeyMissing(keys.Path, missing));
    }

    private static bool IsInside(string path, string folder) =>
        Real(path).StartsWith(Real(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>With symbolic links of every existing part resolved.</summary>
    private static string Real(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return path;
        var here = Path.Combine(Real(parent), Path.GetFileName(path));
        FileSystemInfo entry = Directory.Exists(here) ? new DirectoryInfo(here) : new FileInfo(here);
        return entry.Exists ? entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? here : here;
    }
}
