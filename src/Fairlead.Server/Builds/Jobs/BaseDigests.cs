using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Registries;
using Fairlead.Server.Connections;
using Fairlead.Server.Leases;
using Fairlead.Server.Registry;

namespace Fairlead.Server.Builds.Jobs;

/// <summary>
/// Which image each base of a Dockerfile is at this moment: asked of this instance's own registry, or through the very
/// connection that the build will pull the base with.
/// </summary>
internal sealed class BaseDigests(ImageTargets targets, RegistryConnections registries, ConnectionOpener connections)
{
    /// <summary>Null when one of them cannot be told: nothing is reused then.</summary>
    public async Task<IReadOnlyList<string>?> Of(
        IReadOnlyList<string> bases,
        ImageTarget target,
        CancellationToken cancel
    )
    {
        var digests = new List<string>();
        foreach (var text in bases)
        {
            if (ImageReference.Parse(text) is not { } reference)
                return null;
            var digest = reference.Digest ?? await Ask(reference, target, cancel);
            if (digest is null)
                return null;
            digests.Add(digest);
        }
        return digests;
    }

    private async Task<string?> Ask(ImageReference wanted, ImageTarget target, CancellationToken cancel)
    {
        if (targets.Managed(wanted.Repository) is { Ok: true, Value: var own } && own.Host == wanted.Host)
            return Digest(await own.Registry.Manifest(own.Bound, wanted.Repository, wanted.Tag, cancel));
        if (await registries.ToPullFrom(wanted.Host, target.Connection, cancel) is not { } connection)
            return null;
        return
            (await connections.Open(connection, cancel)).Try(out var bound, out _)
            && bound.Provider is IImageRegistry registry
            ? Digest(await registry.Manifest(bound.Target, wanted.Repository, wanted.Tag, cancel))
            : null;
    }

    private static string? Digest(Outcome<ImageManifest> manifest) => manifest.Ok ? manifest.Value.Digest : null;
}
