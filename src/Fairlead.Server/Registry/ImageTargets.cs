using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Registry;

/// <summary>Where the images of an image repository are kept, opened for one operation.</summary>
/// <param name="Host">What references begin with.</param>
/// <param name="Repository">The repository's name at that registry.</param>
/// <param name="PlainHttp">The registry speaks http.</param>
/// <param name="Connection">Null for this instance's own registry.</param>
internal sealed record ImageTarget(
    IImageRegistry Registry,
    Target Bound,
    string Host,
    string Repository,
    bool PlainHttp,
    ConnectionRow? Connection
);

/// <summary>
/// Finds the registry of an image repository: this instance's own, or one reached through a connection.
/// </summary>
internal sealed class ImageTargets(FairleadDb db, ConnectionOpener connections, IServiceProvider services)
{
    public async Task<Outcome<ImageTarget>> Open(ImageRow image, CancellationToken cancel)
    {
        var space = await db.Set<NamespaceRow>()
            .Where(row => row.Id == image.NamespaceId)
            .Select(row => row.Name)
            .FirstAsync(cancel);
        var name = $"{space}/{image.Name}";
        return image.TargetConnectionId is { } connection
            ? await Connected(connection, image.TargetRepository ?? name, cancel)
            : Managed(name);
    }

    /// <summary>A repository of this instance's own registry.</summary>
    public Outcome<ImageTarget> Managed(string name)
    {
        if (services.GetService<ManagedImages>() is not { } managed)
            return RegistryFailures.NoneHere;
        return new ImageTarget(
            managed,
            managed.Target,
            managed.Host(managed.Target),
            name,
            managed.PlainHttp(managed.Target),
            Connection: null
        );
    }

    private async Task<Outcome<ImageTarget>> Connected(long connection, string repository, CancellationToken cancel)
    {
        if (!(await connections.Open(connection, cancel)).Try(out var bound, out var failure))
            return failure;
        if (bound.Provider is not IImageRegistry registry)
            return RegistryFailures.KeepsNoImages(bound.Connection.Slug);
        return new ImageTarget(
            registry,
            bound.Target,
            registry.Host(bound.Target),
            repository,
            registry.PlainHttp(bound.Target),
            bound.Connection
        );
    }
}
