using System.CommandLine;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Authorisations;

namespace Fairlead.Cli.Commands;

/// <summary>Binds by a person's word on the host's page: the way there leads through a browser.</summary>
internal static class ConnectionGrants
{
    public static Command Authorise(Terminal terminal)
    {
        var application = new Argument<long>("application") { Description = "Its number in `application list`" };
        var name = new Option<string?>("--name") { Description = "What the connection is called" };
        var id = new Option<string?>("--id") { Description = "The connection's ID" };
        var again = new Option<string?>("--again") { Description = "A connection whose access is granted anew" };
        var device = new Option<bool>("--device") { Description = "Type a code there, in any browser, and wait here" };
        return new Command("authorise", "Bind a host by granting access on its own page")
            .With(application, name, id, again, device)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var wish = new NewGrant(call.Get(application))
                    {
                        Name = call.Get(name),
                        Id = call.Get(id),
                        Again = call.Get(again),
                    };
                    if (call.Get(device))
                    {
                        ConnectionCommands.ShowOne(call, await ConnectionDevices.Run(call, wish, cancel));
                        return;
                    }
                    var start = await call.Send(
                        HttpMethod.Post,
                        "api/v1/grants",
                        wish,
                        CliJson.Default.NewGrant,
                        CliJson.Default.GrantStart,
                        cancel
                    );
                    call.Answer(start, CliJson.Default.GrantStart, _ => Show(call, start));
                }
            );
    }

    private static void Show(Invocation call, GrantStart start)
    {
        call.Terminal.Say("Open this within ten minutes, in a browser that is signed in here as you:");
        call.Terminal.Say(start.Address);
        call.Terminal.Say($"The connection {start.Connection} is there afterwards.");
    }
}
