using System.CommandLine;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Credentials;

namespace Fairlead.Cli.Commands;

/// <summary>Credentials: what authorises connections, replaced in one place for all of them.</summary>
internal static class CredentialCommands
{
    private const string Path = "api/v1/credentials";

    public static Command Create(Terminal terminal) =>
        new Command("credential", "Credentials shared by connections").With(
            List(terminal),
            Show(terminal),
            Add(terminal),
            Rename(terminal),
            Replace(terminal),
            Delete(terminal)
        );

    private static Argument<string> Id() => new("id") { Description = "The credential's ID" };

    private static string At(Invocation call, Argument<string> id) => $"{Path}/{Uri.EscapeDataString(call.Get(id))}";

    private static Command List(Terminal terminal) =>
        ListCommand.Create(
            terminal,
            "list",
            "List credentials, never their values",
            Path,
            CliJson.Default.PageCredentialInfo,
            [],
            call =>
                [
                    ("id", credential => credential.Id),
                    ("kind", credential => credential.Kind),
                    ("version", credential => credential.Version.ToString()),
                    ("replaced", credential => Words.Ago(credential.ReplacedAt, call.Time)),
                    ("used by", credential => string.Join(", ", credential.Connections)),
                ]
        );

    private static Command Add(Terminal terminal)
    {
        var kind = new Argument<string>("kind") { Description = "The kind of connection it is for" };
        var name = new Option<string>("--name") { Description = "What people call it", Required = true };
        var id = new Option<string?>("--id") { Description = "What people type; made from the name when left out" };
        var settings = new SettingOptions();
        return new Command("add", "Keep a credential that several connections may share")
            .With(kind, name, id)
            .With(settings.All)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var input = new NewCredential(call.Get(name)!, call.Get(kind))
                    {
                        Id = call.Get(id),
                        Settings = settings.Settings(call),
                        Secrets = settings.Secrets(call),
                    };
                    var made = await call.Send(
                        HttpMethod.Post,
                        Path,
                        input,
                        CliJson.Default.NewCredential,
                        CliJson.Default.CredentialInfo,
                        cancel
                    );
                    ShowOne(call, made);
                }
            );
    }

    private static Command Show(Terminal terminal)
    {
        var id = Id();
        return new Command("show", "Show one credential, never its values")
            .With(id)
            .Does(
                terminal,
                async (call, cancel) =>
                    ShowOne(call, await call.Client.Get(At(call, id), CliJson.Default.CredentialInfo, cancel))
            );
    }

    private static Command Rename(Terminal terminal)
    {
        var id = Id();
        var name = new Argument<string>("name") { Description = "What people call it" };
        return new Command("rename", "Call a credential something else; its ID stays")
            .With(id, name)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var renamed = await call.Send(
                        HttpMethod.Patch,
                        At(call, id),
                        new CredentialChange(call.Get(name)),
                        CliJson.Default.CredentialChange,
                        CliJson.Default.CredentialInfo,
                        cancel
                    );
                    ShowOne(call, renamed);
                }
            );
    }

    private static Command Replace(Terminal terminal)
    {
        var id = Id();
        var force = new Option<bool>("--force") { Description = "Even when a connection that uses it rejects it" };
        var settings = new SettingOptions();
        return new Command("replace", "Put a new version in its place, verified before anything uses it")
            .With(id, force)
            .With(settings.All)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var input = new CredentialReplacement
                    {
                        Settings = settings.Settings(call),
                        Secrets = settings.Secrets(call),
                        Force = call.Get(force),
                    };
                    var replaced = await call.Send(
                        HttpMethod.Put,
                        At(call, id),
                        input,
                        CliJson.Default.CredentialReplacement,
                        CliJson.Default.CredentialInfo,
                        cancel
                    );
                    ShowOne(call, replaced);
                }
            );
    }

    private static Command Delete(Terminal terminal)
    {
        var id = Id();
        var force = new Option<bool>("--force") { Description = "Even when connections use it; they are left without" };
        return new Command("delete", "Delete a credential")
            .With(id, force)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    call.AskFirst($"Delete the credential {call.Get(id)}?");
                    var query = call.Get(force) ? "?force=true" : "";
                    await call.Client.Do(HttpMethod.Delete, At(call, id) + query, null, cancel);
                    call.Terminal.Say($"{call.Get(id)} is gone.");
                }
            );
    }

    private static void ShowOne(Invocation call, CredentialInfo credential) =>
        call.Answer(
            credential,
            CliJson.Default.CredentialInfo,
            _ =>
                call.Terminal.ShowOne(
                    ("id", credential.Id),
                    ("name", credential.Name),
                    ("kind", credential.Kind),
                    ("version", credential.Version.ToString()),
                    ("fields", string.Join(", ", credential.Fields)),
                    ("used by", string.Join(", ", credential.Connections))
                )
        );
}
