using Fairlead.Providers.GitHttp;

namespace Fairlead.Server.Leases;

/// <summary>
/// Short-lived keys for jobs: minted when asked for, recorded before they are given, ended with the job.
/// </summary>
internal static class LeasesSlice
{
    public static IServiceCollection AddLeases(this IServiceCollection services) =>
        services
            .AddSingleton<EndLeases>()
            .AddScoped<RecordLease>()
            .AddScoped<RegistryConnections>()
            .AddScoped<LeaseGit>()
            .AddScoped<GitDoor>()
            .AddScoped<UploadPack>()
            .AddScoped<LeaseRegistry>()
            .AddScoped<RevokeLease>()
            .AddHostedService<RevokeService>();

    public static void MapLeases(this IEndpointRouteBuilder app)
    {
        LeasesEndpoints.Map(app);
        GitDoorEndpoints.Map(app);
    }
}
