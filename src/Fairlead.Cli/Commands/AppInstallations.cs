using System.CommandLine;
using Fairlead.Cli.Output;

namespace Fairlead.Cli.Commands;

/// <summary>Where an App is installed, and the connections by that.</summary>
internal static class AppInstallations
{
    private static string At(Invocation call, Argument<long> id) => $"{AppCommands.At(call, id)}/installations";

    public static Command List(Terminal terminal)
    {
        var id = AppCommands.Id();
        return ListCommand.Create(
            terminal,
            new Command("installations", "List where an App is installed, as its host tells").With(id),
            call => At(call, id),
            CliJson.Default.PageInstallationInfo,
            [],
            _ =>
                [
                    ("installation", one => one.Id),
                    ("account", one => one.Account),
                    ("opens", one => one.OpensAll ? "all repositories" : "chosen repositories"),
                    ("connection", one => one.Connection),
                ]
        );
    }

    public static Command Install(Terminal terminal)
    {
        var id = AppCommands.Id();
        return new Command("install", "Get the link that installs an App, and binds the host by it")
            .With(id)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var type = CliJson.Default.InstallationStart;
                    var start = await call.Client.Send(HttpMethod.Post, At(call, id), null, type, cancel);
                    call.Answer(
                        start,
                        type,
                        _ =>
                        {
                            call.Terminal.Say(
                                "Open this within ten minutes, in a browser that is signed in here as you:"
                            );
                            call.Terminal.Say(start.Address);
                        }
                    );
                }
            );
    }

    public static Command Bind(Terminal terminal)
    {
        var id = AppCommands.Id();
        var installation = new Argument<string>("installation") { Description = "Of `app installations`" };
        return new Command("bind", "Bind a host by an App that is installed there")
            .With(id, installation)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var one = Uri.EscapeDataString(call.Get(installation));
                    var (path, type) = ($"{At(call, id)}/{one}/connection", CliJson.Default.ConnectionView);
                    var made = await call.Client.Send(HttpMethod.Post, path, null, type, cancel);
                    ConnectionCommands.ShowOne(call, made);
                }
            );
    }
}
