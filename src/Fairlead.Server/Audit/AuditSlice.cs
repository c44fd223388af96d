namespace Fairlead.Server.Audit;

internal static class AuditSlice
{
    public static IServiceCollection AddAudit(this IServiceCollection services) =>
        services.AddSingleton<AuditLog>().AddScoped<VerifyAudit>().AddScoped<ListAudit>();

    public static void MapAudit(this IEndpointRouteBuilder routes) => AuditEndpoints.Map(routes);
}
