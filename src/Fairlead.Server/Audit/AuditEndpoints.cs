using Fairlead.Contracts;
using Fairlead.Contracts.Audit;
using Fairlead.Server.Access;

namespace Fairlead.Server.Audit;

internal static class AuditEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/audit").WithTags("audit");
        api.MapGet("", List).Needs(Verbs.AuditRead);
        api.MapGet("/verify", Verify).Needs(Verbs.AuditRead);
    }

    private static Task<Page<AuditEntry>> List(
        ListAudit verb,
        CancellationToken cancel,
        string? q = null,
        int page = 1,
        int size = 25
    ) => verb.Run(q, page, size, cancel);

    private static Task<AuditVerdict> Verify(VerifyAudit verb, CancellationToken cancel) => verb.Run(cancel);
}
