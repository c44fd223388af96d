using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;

namespace Fairlead.Server.Hosting;

/// <summary>JSON that means one thing only: no field twice, none unknown, none missing, not too deep.</summary>
internal static class StrictJson
{
    private const int Deepest = 64;

    public static IServiceCollection AddStrictJson(this IServiceCollection services)
    {
        services.Configure<JsonOptions>(json => Configure(json.SerializerOptions));
        // Otherwise a body that cannot be read becomes a bare 400 without words.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        return services;
    }

    private static void Configure(JsonSerializerOptions json)
    {
        json.AllowDuplicateProperties = false;
        json.MaxDepth = Deepest;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.NumberHandling = JsonNumberHandling.Strict;
    }
}
