using System.CommandLine;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Access;

namespace Fairlead.Cli.Commands;

/// <summary>Your own API tokens: for programs, and as the password of <c>docker login</c>.</summary>
internal static class TokenCommands
{
    private const string Path = "api/v1/tokens";

    public static Command Create(Terminal terminal) =>
        new Command("token", "Your own API tokens").With(List(terminal), Add(terminal), Revoke(terminal));

    private static Command List(Terminal terminal) =>
        ListCommand.Create(
            terminal,
            "list",
            "List your tokens, never their values",
            Path,
            CliJson.Default.PageApiToken,
            [],
            call =>
                [
                    ("token", token => token.Id.ToString()),
                    ("name", token => token.Name),
                    ("ends with", token => token.Hint),
                    ("scopes", token => string.Join(", ", token.Scopes)),
                    ("last used", token => Words.Ago(token.LastUsedAt, call.Time)),
                    ("expires", token => Words.Ago(token.ExpiresAt, call.Time)),
                ]
        );

    private static Command Add(Terminal terminal)
    {
        var name = new Option<string>("--name") { Description = "What it is for", Required = true };
        var scopes = new Option<string[]>("--scope")
        {
            Description = "api:read, api:write, api:admin, registry:pull, registry:push; repeatable",
            Required = true,
        }.Offers("api:read", "api:write", "api:admin", "registry:pull", "registry:push");
        var days = new Option<int>("--days") { Description = "How long it lasts", DefaultValueFactory = _ => 90 };
        return new Command("create", "Make a token and show it this once")
            .With(name, scopes, days)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var made = await call.Send(
                        HttpMethod.Post,
                        Path,
                        new NewToken(call.Get(name)!, call.Get(scopes)!, call.Get(days)),
                        CliJson.Default.NewToken,
                        CliJson.Default.TokenMade,
                        cancel
                    );
                    call.Answer(made, CliJson.Default.TokenMade, _ => call.Terminal.Output.WriteLine(made.Secret));
                }
            );
    }

    private static Command Revoke(Terminal terminal)
    {
        var id = new Argument<long>("token") { Description = "Its number in `token list`" };
        return new Command("revoke", "End a token at once")
            .With(id)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    call.AskFirst($"Revoke token {call.Get(id)}? What uses it stops working.");
                    await call.Client.Do(HttpMethod.Delete, $"{Path}/{call.Get(id)}", null, cancel);
                    call.Terminal.Say("It works no longer.");
                }
            );
    }
}
