using Fairlead.Server.Access;

namespace Fairlead.Server.Hosting;

/// <summary>
/// The OpenAPI document at <c>/openapi/v1.json</c>: the repository's <c>docs/api.json</c>, which a test derives from
/// the endpoints and compares. The server itself need not be able to.
/// </summary>
internal static class ApiDocument
{
    public static void MapApiDocument(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/openapi/v1.json", () => TypedResults.Stream(Open(), "application/json"))
            .OpenToAll("describes the program, not this instance");

    private static Stream Open() => typeof(ApiDocument).Assembly.GetManifestResourceStream("api.json")!;
}
