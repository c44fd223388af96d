using Fairlead.Server.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Fairlead.Server.Vault;

internal static class VaultSlice
{
    public static IServiceCollection AddVault(this IServiceCollection services, ServerOptions options)
    {
        services.AddDataProtection().SetApplicationName("fairlead");
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>(VaultKeyRing.Use);
        return services
            .AddSingleton(new KeyRing(new KeyFile(options.KeyFile)))
            .AddSingleton<SecretVault>()
            .AddSingleton<KeptSecret>()
            .AddSingleton<VaultSetup>()
            .AddSingleton<RotateKeys>()
            .AddHostedService<FinishRotation>();
    }

    public static void MapVault(this IEndpointRouteBuilder routes) => VaultEndpoints.Map(routes);
}
