using Fairlead.Contracts;
using Fairlead.Contracts.Credentials;
using Fairlead.Server.Access;
using Fairlead.Server.Web;

namespace Fairlead.Server.Credentials;

internal static class CredentialsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/credentials").WithTags("credentials");
        api.MapGet("", List).Needs(Verbs.CredentialRead);
        api.MapPost("", Create).Needs(Verbs.CredentialWrite).Produces<CredentialInfo>(201);
        api.MapGet("/{id}", Show).Needs(Verbs.CredentialRead).Produces<CredentialInfo>();
        api.MapPatch("/{id}", Rename).Needs(Verbs.CredentialWrite).Produces<CredentialInfo>();
        api.MapPut("/{id}", Replace).Needs(Verbs.CredentialWrite).Produces<CredentialInfo>();
        api.MapDelete("/{id}", Delete).Needs(Verbs.CredentialWrite).Produces(204);
    }

    private static Task<Page<CredentialInfo>> List(
        Caller caller,
        ShowCredentials verb,
        CancellationToken cancel,
        string? q = null,
        int page = 1,
        int size = 25
    ) => verb.List(caller, q, page, size, cancel);

    private static async Task<IResult> Create(
        NewCredential input,
        Caller caller,
        CreateCredential verb,
        CancellationToken cancel
    ) => (await verb.Run(input, caller, cancel)).ToCreated(made => $"/api/v1/credentials/{made.Id}");

    private static async Task<IResult> Show(string id, Caller caller, ShowCredentials verb, CancellationToken cancel) =>
        (await verb.One(id, caller, cancel)).ToHttp();

    private static async Task<IResult> Rename(
        string id,
        CredentialChange input,
        Caller caller,
        RenameCredential verb,
        CancellationToken cancel
    ) => (await verb.Run(id, input, caller, cancel)).ToHttp();

    private static async Task<IResult> Replace(
        string id,
        CredentialReplacement input,
        Caller caller,
        ReplaceCredential verb,
        CancellationToken cancel
    ) => (await verb.Run(id, input, caller, cancel)).ToHttp();

    private static async Task<IResult> Delete(
        string id,
        Caller caller,
        DeleteCredential verb,
        CancellationToken cancel,
        bool force = false
    ) => (await verb.Run(id, force, caller, cancel)).ToHttp();
}
