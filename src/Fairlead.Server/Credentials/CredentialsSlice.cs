namespace Fairlead.Server.Credentials;

/// <summary>What authorises connections: shared, replaced and forgotten as objects of their own.</summary>
internal static class CredentialsSlice
{
    public static IServiceCollection AddCredentials(this IServiceCollection services) =>
        services
            .AddScoped<CredentialSecrets>()
            .AddScoped<StoreCredential>()
            .AddScoped<ShowCredentials>()
            .AddScoped<CreateCredential>()
            .AddScoped<RenameCredential>()
            .AddScoped<ReplaceCredential>()
            .AddScoped<DeleteCredential>();

    public static void MapCredentials(this IEndpointRouteBuilder routes) => CredentialsEndpoints.Map(routes);
}
