using Fairlead.Core.Connections;
using Fairlead.Core.Providers;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Leases;

/// <summary>Which connection opens a registry to a build.</summary>
internal sealed class RegistryConnections(FairleadDb db, IReadOnlyList<IProvider> providers)
{
    private const string DockerHub = "docker.io";
    private static readonly string[] DockerHubNames = [DockerHub, "index.docker.io", "registry-1.docker.io"];

    /// <summary>Host and port as image references name it; null when the kind is no registry.</summary>
    public string? HostOf(ConnectionRow connection) =>
        providers.FirstOrDefault(provider => provider.Kind == connection.Kind) is IImageRegistry registry
            ? registry.Host(new Target { Settings = connection.Settings })
            : null;

    /// <summary>
    /// The image's own target first, then a connection everyone may use, those that work before those that do not. A
    /// build belongs to nobody in particular, so private connections of people are not its to use.
    /// </summary>
    public async Task<ConnectionRow?> ToPullFrom(string registry, ConnectionRow? target, CancellationToken cancel)
    {
        var everyones = await db.Set<ConnectionRow>()
            .AsNoTracking()
            .Where(connection => connection.Scope == ScopeOfUse.Public)
            .ToListAsync(cancel);
        return everyones
            .OrderBy(connection => connection.VerdictKind != VerdictKind.Trusted)
            .ThenBy(connection => connection.Id)
            .Prepend(target)
            .FirstOrDefault(connection => connection is not null && Same(HostOf(connection), registry));
    }

    private static bool Same(string? host, string registry) => host is not null && Plain(host) == Plain(registry);

    private static string Plain(string host) => DockerHubNames.Contains(host) ? DockerHub : host;
}
