using System.CommandLine;
using System.Globalization;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Authorisations;

namespace Fairlead.Cli.Commands;

/// <summary>This instance as it is registered at hosts, where people grant access instead of pasting tokens.</summary>
internal static class ApplicationCommands
{
    private const string Path = "api/v1/applications";

    public static Command Create(Terminal terminal) =>
        new Command("application", "Hosts at which this instance is registered (OAuth)").With(
            Kinds(terminal),
            List(terminal),
            Add(terminal),
            Delete(terminal)
        );

    private static Command Kinds(Terminal terminal) =>
        new Command("kinds", "Show what to register at each kind of host").Does(
            terminal,
            async (call, cancel) =>
            {
                var kinds = await call.Client.Get("api/v1/kinds", CliJson.Default.IReadOnlyListKindInfo, cancel);
                call.Answer(
                    kinds,
                    CliJson.Default.IReadOnlyListKindInfo,
                    _ =>
                        call.Terminal.Show(
                            kinds.Where(kind => kind.Grant is not null),
                            ("kind", kind => kind.Kind),
                            ("callback address", kind => kind.Grant!.Callback),
                            ("scopes", kind => kind.Grant!.Scopes)
                        )
                );
            }
        );

    private static Command List(Terminal terminal) =>
        ListCommand.Create(
            terminal,
            "list",
            "List the applications",
            Path,
            CliJson.Default.PageApplicationInfo,
            [],
            _ => Columns
        );

    private static readonly (string, Func<ApplicationInfo, string?>)[] Columns =
    [
        ("application", one => one.Id.ToString(CultureInfo.InvariantCulture)),
        ("kind", one => one.Kind),
        ("site", one => one.Site),
        ("client id", one => one.ClientId),
        ("renews", one => one.Grants.ToString(CultureInfo.InvariantCulture)),
    ];

    private static Command Add(Terminal terminal)
    {
        var kind = new Argument<string>("kind") { Description = "One of `application kinds`" };
        var client = new Option<string>("--client-id") { Description = "As the host shows it", Required = true };
        var settings = new SettingOptions();
        return new Command("add", "Enter an application that was registered at a host; its secret is asked for")
            .With([kind, client, .. settings.All])
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var secret = settings.Secrets(call).GetValueOrDefault("clientSecret");
                    var input = new NewApplication(
                        call.Get(kind),
                        call.Get(client)!,
                        secret ?? call.ReadSecret("clientSecret")
                    )
                    {
                        Settings = settings.Settings(call),
                    };
                    var made = await call.Send(
                        HttpMethod.Post,
                        Path,
                        input,
                        CliJson.Default.NewApplication,
                        CliJson.Default.ApplicationInfo,
                        cancel
                    );
                    call.Answer(made, CliJson.Default.ApplicationInfo, _ => call.Terminal.Show([made], Columns));
                }
            );
    }

    private static Command Delete(Terminal terminal)
    {
        var id = new Argument<long>("application") { Description = "Its number in `application list`" };
        return new Command("delete", "Forget an application that renews nothing any more")
            .With(id)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    call.AskFirst($"Delete application {call.Get(id)}?");
                    await call.Client.Do(HttpMethod.Delete, $"{Path}/{call.Get(id)}", null, cancel);
                    call.Terminal.Say("It is gone.");
                }
            );
    }
}
