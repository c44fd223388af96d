using Fairlead.Server.Authorisations.Apps;

namespace Fairlead.Server.Authorisations;

/// <summary>Access that people grant on a host's own page, and how it is kept fresh.</summary>
internal static class AuthorisationsSlice
{
    public static IServiceCollection AddAuthorisations(this IServiceCollection services) =>
        services
            .AddSingleton<RenewGrant>()
            .AddScoped<FreshSecrets>()
            .AddScoped<OpenApplication>()
            .AddScoped<EditApplications>()
            .AddScoped<GrantRequests>()
            .AddScoped<StartGrant>()
            .AddScoped<FinishGrant>()
            .AddScoped<GrantByDevice>()
            .AddScoped<OpenApp>()
            .AddScoped<EditApps>()
            .AddScoped<MakeApp>()
            .AddScoped<ReplaceAppKey>()
            .AddScoped<InstallApp>();

    public static void MapAuthorisations(this IEndpointRouteBuilder routes)
    {
        AuthorisationsEndpoints.Map(routes);
        AppsEndpoints.Map(routes);
    }
}
