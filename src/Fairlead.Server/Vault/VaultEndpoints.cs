using Fairlead.Contracts.Vault;
using Fairlead.Server.Access;
using Fairlead.Server.Web;

namespace Fairlead.Server.Vault;

internal static class VaultEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/v1/vault/rotate", Rotate)
            .Needs(Verbs.VaultRotate)
            .WithTags("vault")
            .Produces<KeyRotation>();

    private static async Task<IResult> Rotate(RotateKeys verb, Caller caller, CancellationToken cancel) =>
        (await verb.Run(caller, cancel)).ToHttp();
}
