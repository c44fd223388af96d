using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Rules;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Images;

/// <summary>Finds the connections an image repository is bound to, as its author may use them.</summary>
internal sealed class BindImage(
    FairleadDb db,
    UsableConnections connections,
    IReadOnlyList<IProvider> providers,
    BindSource bindSource,
    ServerOptions options
)
{
    /// <summary>Binds the code: null and empty mean none.</summary>
    /// <param name="outboundOnly">Holds for all images of the same repository; null leaves what is known.</param>
    public async Task<Outcome<long?>> Source(
        string? slug,
        string repository,
        bool? outboundOnly,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (string.IsNullOrEmpty(slug))
            return outboundOnly is true ? ImageFailures.OutboundNeedsSource() : (long?)null;
        var usable = await Usable<ICodeHost>(slug, "get code from", "connection", caller, cancel);
        if (!usable.Try(out var found, out var failure))
            return failure;
        var located = ((ICodeHost)found.Provider).Locate(new Target { Settings = found.Row.Settings }, repository);
        if (!located.Ok)
            return located.Failure with { Field = "repository" };
        return (await bindSource.Run(db, found.Row.Id, repository, outboundOnly, cancel)).Id;
    }

    /// <summary>Finds the registry images go to: null and empty mean the managed one.</summary>
    public async Task<Outcome<long?>> Target(string? slug, string? repository, Caller caller, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(slug))
            return !string.IsNullOrEmpty(repository) ? ImageFailures.TargetWithoutConnection()
                : options.RegistryListen.Length == 0 ? ImageFailures.NoManagedRegistry()
                : (long?)null;
        if (!string.IsNullOrEmpty(repository) && !OciName.IsRepository(repository))
            return ImageFailures.TargetRepositoryName(repository);
        var usable = await Usable<IImageRegistry>(slug, "push images to", "targetConnection", caller, cancel);
        return usable.Map(found => (long?)found.Row.Id);
    }

    private async Task<Outcome<(ConnectionRow Row, IProvider Provider)>> Usable<TCapability>(
        string slug,
        string purpose,
        string field,
        Caller caller,
        CancellationToken cancel
    )
    {
        var row = await connections.For(caller).FirstOrDefaultAsync(connection => connection.Slug == slug, cancel);
        if (row is null)
            return ImageFailures.ConnectionUnknown(slug, field);
        return providers.FirstOrDefault(provider => provider.Kind == row.Kind) is TCapability and IProvider capable
            ? (row, capable)
            : ImageFailures.ConnectionKind(slug, purpose, field);
    }
}
