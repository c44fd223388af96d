using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Registries;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Images;
using Fairlead.Server.Registry;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Builds.Jobs;

/// <summary>
/// Which image each base of a Dockerfile is at this moment: asked of the registry the image itself goes to, of this
/// instance's own, or of one that a connection everyone may use is bound to.
/// </summary>
internal sealed class BaseDigests(
    FairleadDb db,
    ImageTargets targets,
    ConnectionOpener connections,
    IReadOnlyList<IProvider> providers
)
{
    /// <summary>Null when one of them cannot be told: nothing is reused then.</summary>
    public async Task<IReadOnlyList<string>?> Of(
        IReadOnlyList<string> bases,
        ImageTarget target,
        ImageRow image,
        CancellationToken cancel
    )
    {
        var digests = new List<string>();
        foreach (var text in bases)
        {
            if (ImageReference.Parse(text) is not { } reference)
                return null;
            var digest = reference.Digest ?? await Ask(reference, target, image, cancel);
            if (digest is null)
                return null;
            digests.Add(digest);
        }
        return digests;
    }

    private async Task<string?> Ask(ImageReference wanted, ImageTarget target, ImageRow image, CancellationToken cancel)
    {
        if (target.Host == wanted.Host)
            return await Ask(target, wanted, cancel);
        if (targets.Managed(wanted.Repository) is { Ok: true, Value: var own } && own.Host == wanted.Host)
            return await Ask(own, wanted, cancel);
        var rows = await db.Set<ConnectionRow>()
            .AsNoTracking()
            .Where(row => row.Scope == ScopeOfUse.Public || row.Id == image.TargetConnectionId)
            .OrderBy(row => row.Id)
            .ToListAsync(cancel);
        foreach (var row in rows.Where(row => HostOf(row) == wanted.Host))
            if (
                (await connections.Open(row.Id, cancel)).Try(out var bound, out _)
                && bound.Provider is IImageRegistry registry
                && Digest(await registry.Manifest(bound.Target, wanted.Repository, wanted.Tag, cancel)) is { } digest
            )
                return digest;
        return null;
    }

    private static async Task<string?> Ask(ImageTarget at, ImageReference wanted, CancellationToken cancel) =>
        Digest(await at.Registry.Manifest(at.Bound, wanted.Repository, wanted.Tag, cancel));

    private string? HostOf(ConnectionRow row) =>
        providers.FirstOrDefault(provider => provider.Kind == row.Kind) is IImageRegistry registry
            ? registry.Host(new Target { Settings = row.Settings })
            : null;

    private static string? Digest(Outcome<ImageManifest> manifest) => manifest.Ok ? manifest.Value.Digest : null;
}
