using System.Text.Json;
using Fairlead.Contracts;
using Fairlead.Server.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fairlead.Server.Hosting;

/// <summary>
/// The OpenAPI document at <c>/openapi/v1.json</c>: what the API is, and for each operation its role and scope.
/// </summary>
internal static class ApiDocument
{
    public const string Path = "/openapi/v1.json";
    private const string Scheme = "token";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(
            "v1",
            document =>
            {
                document.ShouldInclude = described =>
                    described.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
                document.AddDocumentTransformer(Describe);
                document.AddOperationTransformer(NameWhatItNeeds);
            }
        );

    private static Task Describe(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken _
    )
    {
        document.Info = new OpenApiInfo { Title = "Fairlead", Version = "v1" };
        // The address differs per instance; the document must not.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
        };
        return Task.CompletedTask;
    }

    private static async Task NameWhatItNeeds(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancel
    )
    {
        var document = context.Document!;
        if (document.Components?.Schemas?.ContainsKey(nameof(Problem)) != true)
            document.AddComponent(nameof(Problem), await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancel));
        // Queries are read whatever their case; the document has one spelling.
        foreach (var query in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            if (query is { In: ParameterLocation.Query, Name: { } name })
                query.Name = JsonNamingPolicy.CamelCase.ConvertName(name);
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "Refused, and why.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(nameof(Problem), document),
                },
            },
        };
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<Needs>().LastOrDefault() is not { } needs)
            return;
        operation.Description = $"Needs the role {needs.Verb.Role.Text()} and the scope {needs.Verb.Scope}.";
        operation.Security =
        [
            new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(Scheme, document)] = [needs.Verb.Scope],
            },
        ];
    }
}
