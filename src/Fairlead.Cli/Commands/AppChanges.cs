using System.CommandLine;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Authorisations;

namespace Fairlead.Cli.Commands;

/// <summary>A new key for an App, and its end here.</summary>
internal static class AppChanges
{
    public static Command Replace(Terminal terminal)
    {
        var id = AppCommands.Id();
        var file = new Option<string>("--key-file") { Description = "The file that the host made", Required = true };
        return new Command("replace-key", "Put a new key in place for all connections by it, verified first")
            .With(id, file)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var replaced = await call.Send(
                        HttpMethod.Put,
                        $"{AppCommands.At(call, id)}/key",
                        new AppKey(SettingOptions.ReadFile(call.Get(file)!)),
                        CliJson.Default.AppKey,
                        CliJson.Default.AppInfo,
                        cancel
                    );
                    AppLooks.ShowOne(call, replaced);
                }
            );
    }

    public static Command Delete(Terminal terminal)
    {
        var id = AppCommands.Id();
        return new Command("delete", "Forget an App whose key nothing uses any more; its page there deletes it there")
            .With(id)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    call.AskFirst($"Delete App {call.Get(id)}?");
                    await call.Client.Do(HttpMethod.Delete, AppCommands.At(call, id), null, cancel);
                    call.Terminal.Say("It is gone.");
                }
            );
    }
}
