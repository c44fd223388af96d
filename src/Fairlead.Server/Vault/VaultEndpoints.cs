using Fairlead.Contracts.Vault;
using Fairlead.Server.Access;

namespace Fairlead.Server.Vault;

internal static class VaultEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/vault/rotate", Rotate).Needs(Verbs.VaultRotate).WithTags("vault");

    private static Task<KeyRotation> Rotate(RotateKeys verb, Caller caller, CancellationToken cancel) =>
        verb.Run(caller, cancel);
}
