namespace Fairlead.Server.Leases;

internal static class LeasesSlice
{
    public static IServiceCollection AddLeases(this IServiceCollection services) =>
        services.AddSingleton<EndLeases>().AddScoped<RecordLease>();
}
