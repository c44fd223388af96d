using Fairlead.Core.Providers;
using Fairlead.Server.Connections;
using Fairlead.Server.Hosting;

namespace Fairlead.Server.Images;

/// <summary>What stands before the colon of an image reference.</summary>
internal sealed class ImageAddress(ServerOptions options, IReadOnlyList<IProvider> providers)
{
    /// <summary><c>host:port/namespace/name</c>.</summary>
    public string Of(FoundImage found) => $"{Host(found.Target)}/{Repository(found)}";

    /// <summary>The repository's name at its registry.</summary>
    public static string Repository(FoundImage found) =>
        found.Target is null ? found.Name : found.Image.TargetRepository ?? found.Name;

    private string Host(ConnectionRow? target) =>
        target is null ? options.RegistryName ?? options.RegistryListen
        : providers.FirstOrDefault(provider => provider.Kind == target.Kind) is IImageRegistry registry
            ? registry.Host(new Target { Settings = target.Settings })
        : target.Slug;
}
