using System.CommandLine;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Connections;

namespace Fairlead.Cli.Commands;

/// <summary>Changing a connection; what is not said stays.</summary>
internal static class ConnectionChanges
{
    public static Command Set(Terminal terminal)
    {
        var id = ConnectionCommands.Id();
        var name = new Option<string?>("--name") { Description = "What people call it" };
        var credential = new Option<string?>("--credential") { Description = "ID of another credential" };
        var owner = new Option<string?>("--owner") { Description = "Hand it over to this person" };
        var force = new Option<bool>("--force") { Description = "Narrow it even when that takes it from its users" };
        var (settings, sharing) = (new SettingOptions(), new SharingOptions());
        return new Command("set", "Change a connection; what is not said stays")
            .With(id, name, credential, owner, force)
            .With(settings.All)
            .With(sharing.All)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var change = new ConnectionChange
                    {
                        Name = call.Get(name),
                        Settings = OrNull(settings.Settings(call)),
                        Secrets = OrNull(settings.Secrets(call)),
                        Credential = call.Get(credential),
                        Scope = call.Get(sharing.Scope),
                        People = call.Given(sharing.People) ? call.Get(sharing.People) : null,
                        Groups = call.Given(sharing.Groups) ? call.Get(sharing.Groups) : null,
                        Owner = call.Get(owner),
                        Force = call.Get(force),
                    };
                    var changed = await call.Send(
                        HttpMethod.Patch,
                        ConnectionCommands.At(call, id),
                        change,
                        CliJson.Default.ConnectionChange,
                        CliJson.Default.ConnectionView,
                        cancel
                    );
                    ConnectionCommands.ShowOne(call, changed);
                }
            );
    }

    private static Dictionary<string, string>? OrNull(Dictionary<string, string> given) =>
        given.Count == 0 ? null : given;
}
