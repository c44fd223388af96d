using Fairlead.Contracts;
using Fairlead.Contracts.Access;
using Fairlead.Server.Web;

namespace Fairlead.Server.Access;

internal static class AccessEndpoints
{
    public static void MapSignIn(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("access");
        api.MapPost("/sign-in", SignIn).OpenToAll("the password is checked here").Produces<SignedIn>();
        api.MapPost("/setup", SetUp).OpenToAll("the one-time link is checked here").Produces<SignedIn>();
        api.MapGet("/whoami", WhoAmI).Needs(Verbs.WhoAmI);
        api.MapGet("/tokens", ListTokens).Needs(Verbs.TokenOwnRead);
        api.MapPost("/tokens", CreateToken).Needs(Verbs.TokenOwn).Produces<TokenMade>(201);
        api.MapDelete("/tokens/{id:long}", RevokeToken).Needs(Verbs.TokenOwn).Produces(204);
        api.MapGet("/sessions", ListSessions).Needs(Verbs.SessionOwnRead);
        api.MapDelete("/sessions", EndSessions).Needs(Verbs.SessionOwn).Produces(204);
        api.MapDelete("/sessions/{id:long}", EndSession).Needs(Verbs.SessionOwn).Produces(204);
    }

    private static async Task<IResult> SignIn(
        SignInRequest input,
        SignInForToken verb,
        HttpContext http,
        CancellationToken cancel
    ) => (await verb.Run(input, http.Connection.RemoteIpAddress?.ToString(), cancel)).ToHttp();

    private static async Task<IResult> SetUp(
        SetUpRequest input,
        SignInForToken verb,
        HttpContext http,
        CancellationToken cancel
    ) => (await verb.SetUp(input, http.Connection.RemoteIpAddress?.ToString(), cancel)).ToHttp();

    private static Task<WhoAmI> WhoAmI(Caller caller, WhoIs verb, CancellationToken cancel) => verb.Run(caller, cancel);

    private static Task<Page<ApiToken>> ListTokens(
        EditTokens verb,
        Caller caller,
        CancellationToken cancel,
        string? q = null,
        int page = 1,
        int size = 25
    ) => verb.List(caller, q, page, size, cancel);

    private static async Task<IResult> CreateToken(
        NewToken input,
        EditTokens verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.Create(input, caller, cancel)).ToCreated(made => $"/api/v1/tokens/{made.Token.Id}");

    private static async Task<IResult> RevokeToken(long id, EditTokens verb, Caller caller, CancellationToken cancel) =>
        (await verb.Revoke(id, caller, cancel)).ToHttp();

    private static Task<Page<Session>> ListSessions(
        EditSessions verb,
        Caller caller,
        CancellationToken cancel,
        string? q = null,
        int page = 1,
        int size = 25
    ) => verb.List(caller, q, page, size, cancel);

    private static async Task<IResult> EndSessions(EditSessions verb, Caller caller, CancellationToken cancel) =>
        (await verb.End(null, caller, cancel)).ToHttp();

    private static async Task<IResult> EndSession(
        long id,
        EditSessions verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.End(id, caller, cancel)).ToHttp();
}
