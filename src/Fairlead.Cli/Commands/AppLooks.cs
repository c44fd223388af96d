using System.CommandLine;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Authorisations;

namespace Fairlead.Cli.Commands;

/// <summary>One App, looked at.</summary>
internal static class AppLooks
{
    public static Command Show(Terminal terminal)
    {
        var id = AppCommands.Id();
        return new Command("show", "Show one App, never its key")
            .With(id)
            .Does(
                terminal,
                async (call, cancel) =>
                    ShowOne(call, await call.Client.Get(AppCommands.At(call, id), CliJson.Default.AppInfo, cancel))
            );
    }

    public static void ShowOne(Invocation call, AppInfo app) =>
        call.Answer(
            app,
            CliJson.Default.AppInfo,
            _ =>
                call.Terminal.ShowOne(
                    ("app", AppCommands.Number(app.Id)),
                    ("name", app.Name),
                    ("site", app.Site),
                    ("account", app.Account),
                    ("its page", app.Page),
                    ("key", $"version {AppCommands.Number(app.Version)}"),
                    ("credentials", AppCommands.Number(app.Credentials))
                )
        );
}
