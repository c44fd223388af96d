using Fairlead.Server.Hosting;

namespace Fairlead.Server.Vault;

internal static class VaultSlice
{
    public static IServiceCollection AddVault(this IServiceCollection services, ServerOptions options) =>
        services
            .AddSingleton(new KeyRing(new KeyFile(options.KeyFile)))
            .AddSingleton<SecretVault>()
            .AddSingleton<KeptSecret>()
            .AddSingleton<VaultSetup>()
            .AddSingleton<RotateKeys>();

    public static void MapVault(this IEndpointRouteBuilder routes) => VaultEndpoints.Map(routes);
}
