using System.CommandLine;
using System.Net.Http.Json;
using Fairlead.Cli.Login;
using Fairlead.Cli.Output;
using Fairlead.Contracts;
using Fairlead.Contracts.Access;

namespace Fairlead.Cli.Commands;

/// <summary>Signing in on this machine, and out.</summary>
internal static class SessionCommands
{
    public static Command Login(Terminal terminal)
    {
        var server = new Argument<string>("address") { Description = "The server, like https://fairlead.example.com" };
        var name = new Option<string?>("--name") { Description = "Your name there; asked for when left out" };
        var withToken = new Option<bool>("--with-token") { Description = "Read an API token from standard input" };
        var setup = new Option<bool>("--setup")
        {
            Description = "Make the first administrator: reads the link's key, then the password, from standard input",
        };
        return new Command("login", "Sign in to a server and remember it")
            .With(server, name, withToken, setup)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var address = call.Get(server);
                    var token =
                        call.Get(withToken) ? call.ReadLine("API token")
                        : call.Get(setup) ? await SetUp(call, address, call.Get(name), cancel)
                        : await SignIn(call, address, call.Get(name), cancel);
                    using var client = new FairleadClient(Invocation.Address(address), token);
                    var me = await client.Get("api/v1/whoami", CliJson.Default.WhoAmI, cancel);
                    SessionFile.Write(new SavedSession(address, token));
                    call.Terminal.Say($"Signed in to {address} as {me.Name} ({me.Role}).");
                }
            );
    }

    public static Command Logout(Terminal terminal) =>
        new Command("logout", "Forget the server and the token remembered on this machine").Does(
            terminal,
            (call, _) =>
            {
                call.Terminal.Say(SessionFile.Delete() ? "Signed out." : "Nobody was signed in.");
                return Task.CompletedTask;
            }
        );

    public static Command WhoAmI(Terminal terminal) =>
        new Command("whoami", "Show who you are and what your token may do").Does(
            terminal,
            async (call, cancel) =>
            {
                var me = await call.Client.Get("api/v1/whoami", CliJson.Default.WhoAmI, cancel);
                call.Answer(
                    me,
                    CliJson.Default.WhoAmI,
                    _ =>
                        call.Terminal.ShowOne(
                            ("name", me.Name),
                            ("role", me.Role),
                            ("scopes", string.Join(", ", me.Scopes)),
                            ("groups", string.Join(", ", me.Groups))
                        )
                );
            }
        );

    public static Command Password(Terminal terminal) =>
        new Command("password", "Choose a new password; ends your sessions in browsers").Does(
            terminal,
            async (call, cancel) =>
            {
                var change = new PasswordChange(call.ReadSecret("Current password"), call.ReadSecret("New password"));
                var body = JsonContent.Create(change, CliJson.Default.PasswordChange);
                await call.Client.Do(HttpMethod.Put, "api/v1/password", body, cancel);
                call.Terminal.Say("The new password counts from now on.");
            }
        );

    private static async Task<string> SignIn(Invocation call, string address, string? name, CancellationToken cancel)
    {
        var request = new SignInRequest(name ?? call.ReadLine("Name"), call.ReadSecret("Password"), TokenName);
        return await Ask("api/v1/sign-in", JsonContent.Create(request, CliJson.Default.SignInRequest), address, cancel);
    }

    private static async Task<string> SetUp(Invocation call, string address, string? name, CancellationToken cancel)
    {
        var link = call.ReadLine("Set-up link");
        var request = new SetUpRequest(
            link[(link.LastIndexOfAny(['/', '#']) + 1)..],
            name ?? call.ReadLine("Name of the first administrator"),
            call.ReadSecret("Password")
        );
        return await Ask("api/v1/setup", JsonContent.Create(request, CliJson.Default.SetUpRequest), address, cancel);
    }

    private static async Task<string> Ask(string path, HttpContent body, string address, CancellationToken cancel)
    {
        using var client = new FairleadClient(Invocation.Address(address), token: null);
        return (await client.Send(HttpMethod.Post, path, body, CliJson.Default.SignedIn, cancel)).Token;
    }

    /// <summary>The token's name on the server: which machine it lives on.</summary>
    private static string TokenName => $"command line on {Environment.MachineName}";
}
