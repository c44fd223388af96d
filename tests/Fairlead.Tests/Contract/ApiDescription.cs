using System.Text.Json;
using Fairlead.Contracts;
using Fairlead.Server.Access;
using Fairlead.Tests.Support;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Fairlead.Tests.Contract;

/// <summary>Derives the OpenAPI document from the endpoints: for each operation also its role and scope.</summary>
internal static class ApiDescription
{
    private const string Name = "v1";
    private const string Scheme = "token";

    public static async Task<string> Derive()
    {
        await using var server = await TestServer.Start(adjust: Add);
        var describer = server.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
        var document = await describer.GetOpenApiDocumentAsync();
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
    }

    private static void Add(IServiceCollection services) =>
        services.AddOpenApi(
            Name,
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
