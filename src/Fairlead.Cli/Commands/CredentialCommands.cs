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
            Add(terminal),
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
                        HttpMethod.Post,
                        At(call, id) + "/replace",
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
        return new Command("delete", "Delete a credential that nothing uses")
            .With(id)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    call.AskFirst($"Delete the credential {call.Get(id)}?");
                    await call.Client.Do(HttpMethod.Delete, At(call, id), null, cancel);
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
