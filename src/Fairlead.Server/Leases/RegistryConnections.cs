using Fairlead.Core.Connections;
using Fairlead.Core.Providers;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Leases;

/// <summary>
/// Which connection opens a registry to a build: the image's own target first, then a connection everyone may use,
/// those that work before those that do not. A build belongs to nobody in particular, so private connections of people
/// are not its to use. Keys, trust of engines and digests of bases all go by this one choice.
/// </summary>
internal sealed class RegistryConnections(FairleadDb db, IReadOnlyList<IProvider> providers)
{
    private const string DockerHub = "docker.io";
    private static readonly string[] DockerHubNames = [DockerHub, "index.docker.io", "registry-1.docker.io"];

    /// <summary>Host and port as image references name it; null when the kind is no registry.</summary>
    public string? HostOf(ConnectionRow connection) => KindOf(connection)?.Host(Settings(connection));

    /// <summary>The connection for a registry; null when there is none, and images are pulled as nobody.</summary>
    public async Task<ConnectionRow?> ToPullFrom(string registry, ConnectionRow? target, CancellationToken cancel) =>
        (await InOrder(target, cancel)).FirstOrDefault(connection => Same(HostOf(connection), registry));

    /// <summary>One for each registry that some connection leads to.</summary>
    public async Task<IReadOnlyList<ConnectedRegistry>> All(ConnectionRow? target, CancellationToken cancel) =>
        (await InOrder(target, cancel))
            .Select(Connected)
            .OfType<ConnectedRegistry>()
            .DistinctBy(at => at.Host)
            .ToList();

    private async Task<IEnumerable<ConnectionRow>> InOrder(ConnectionRow? target, CancellationToken cancel)
    {
        var everyones = await db.Set<ConnectionRow>()
            .AsNoTracking()
            .Where(connection => connection.Scope == ScopeOfUse.Public)
            .ToListAsync(cancel);
        var ordered = everyones
            .OrderBy(connection => connection.VerdictKind != VerdictKind.Trusted)
            .ThenBy(connection => connection.Id);
        return target is null ? ordered : ordered.Prepend(target);
    }

    private ConnectedRegistry? Connected(ConnectionRow connection) =>
        KindOf(connection) is { } registry && Settings(connection) is var at
            ? new ConnectedRegistry(registry.Host(at), registry.PlainHttp(at), at.CertificateAuthorities)
            : null;

    private IImageRegistry? KindOf(ConnectionRow connection) =>
        providers.FirstOrDefault(provider => provider.Kind == connection.Kind) as IImageRegistry;

    private static Target Settings(ConnectionRow connection) => new() { Settings = connection.Settings };

    private static bool Same(string? host, string registry) => host is not null && Plain(host) == Plain(registry);

    private static string Plain(string host) => DockerHubNames.Contains(host) ? DockerHub : host;
}

/// <summary>A registry as a connection describes it.</summary>
/// <param name="Host">Host and port as image references name it.</param>
/// <param name="CertificateAuthorities">PEM to trust for it besides the system's, or null.</param>
internal sealed record ConnectedRegistry(string Host, bool PlainHttp, string? CertificateAuthorities);
