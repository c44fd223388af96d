using System.CommandLine;
using System.Globalization;
using Fairlead.Cli.Output;

namespace Fairlead.Cli.Commands;

/// <summary>Apps that hosts made for this instance. Making one is a form that a browser posts to the host.</summary>
internal static class AppCommands
{
    private const string Path = "api/v1/apps";

    public static Command Create(Terminal terminal) =>
        new Command("app", "Apps that hosts made for this instance").With(
            List(terminal),
            AppLooks.Show(terminal),
            AppInstallations.List(terminal),
            AppInstallations.Install(terminal),
            AppInstallations.Bind(terminal),
            AppChanges.Replace(terminal),
            AppChanges.Delete(terminal)
        );

    public static Argument<long> Id() => new("app") { Description = "Its number in `app list`" };

    public static string At(Invocation call, Argument<long> id) => $"{Path}/{call.Get(id)}";

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static Command List(Terminal terminal) =>
        ListCommand.Create(
            terminal,
            "list",
            "List the Apps",
            Path,
            CliJson.Default.PageAppInfo,
            [],
            _ =>
                [
                    ("app", one => Number(one.Id)),
                    ("kind", one => one.Kind),
                    ("site", one => one.Site),
                    ("name", one => one.Name),
                    ("account", one => one.Account),
                ]
        );
}
