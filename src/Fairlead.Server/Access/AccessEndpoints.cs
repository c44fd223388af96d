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
}
