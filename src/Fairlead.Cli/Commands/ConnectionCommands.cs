using System.CommandLine;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Authorisations;
using Fairlead.Contracts.Connections;

namespace Fairlead.Cli.Commands;

/// <summary>Service connections: bind a system once, see whether it works, share it.</summary>
internal static class ConnectionCommands
{
    private const string Path = "api/v1/connections";

    public static Command Create(Terminal terminal) =>
        new Command("connection", "Service connections: code hosts and registries").With(
            Kinds(terminal),
            GuideCommand.Create(terminal),
            List(terminal),
            Show(terminal),
            Add(terminal),
            ConnectionGrants.Authorise(terminal),
            ConnectionChanges.Set(terminal),
            Verify(terminal),
            Confirm(terminal),
            ConnectionLooks.Refs(terminal),
            ConnectionLooks.Users(terminal),
            Delete(terminal)
        );

    internal static Argument<string> Id() => new("id") { Description = "The connection's ID" };

    internal static string At(Invocation call, Argument<string> id) => $"{Path}/{Uri.EscapeDataString(call.Get(id))}";

    private static Command Kinds(Terminal terminal) =>
        new Command("kinds", "List what can be bound, with the fields of each").Does(
            terminal,
            async (call, cancel) =>
            {
                var kinds = await call.Client.Get("api/v1/kinds", CliJson.Default.IReadOnlyListKindInfo, cancel);
                call.Answer(kinds, CliJson.Default.IReadOnlyListKindInfo, _ => ShowKinds(call, kinds));
            }
        );

    private static void ShowKinds(Invocation call, IReadOnlyList<KindInfo> kinds) =>
        call.Terminal.Show(
            kinds.SelectMany(kind => kind.Fields.Select(field => (kind, field))),
            ("kind", row => row.kind.Kind),
            ("field", row => row.field.Name),
            ("give with", row => row.field.Secret ? "--secret" : "--set"),
            ("needed", row => row.field.Required ? "yes" : ""),
            ("what it is", row => row.field.Label)
        );

    private static Command List(Terminal terminal) =>
        ListCommand.Create(
            terminal,
            "list",
            "List the connections you may use",
            Path,
            CliJson.Default.PageConnectionView,
            [
                ("kind", new Option<string?>("--kind") { Description = "Only of this kind" }),
                (
                    "verdict",
                    new Option<string?>("--verdict") { Description = "Only with this verdict" }.Offers(
                        "unverified",
                        "trusted",
                        "rejected",
                        "unreachable",
                        "misconfigured"
                    )
                ),
            ],
            call =>
                [
                    ("id", connection => connection.Id),
                    ("kind", connection => connection.Kind),
                    ("scope", connection => connection.Scope),
                    ("verdict", connection => $"{connection.Verdict.Kind}: {connection.Verdict.Sentence}"),
                    ("verified", connection => Words.Ago(connection.VerifiedAt, call.Time)),
                ]
        );

    private static Command Show(Terminal terminal)
    {
        var id = Id();
        return new Command("show", "Show one connection")
            .With(id)
            .Does(
                terminal,
                async (call, cancel) =>
                    ShowOne(call, await call.Client.Get(At(call, id), CliJson.Default.ConnectionView, cancel))
            );
    }

    internal static void ShowOne(Invocation call, ConnectionView connection) =>
        call.Answer(
            connection,
            CliJson.Default.ConnectionView,
            _ =>
                call.Terminal.ShowOne([
                    ("id", connection.Id),
                    ("name", connection.Name),
                    ("kind", connection.Kind),
                    ("owner", connection.Owner),
                    ("scope", connection.Scope),
                    (
                        "shared with",
                        Joined([.. connection.People, .. connection.Groups.Select(group => "group " + group)])
                    ),
                    ("credential", connection.Credential),
                    .. connection.Settings.Select(setting => (setting.Key, (string?)setting.Value)),
                    ("verdict", $"{connection.Verdict.Kind}: {connection.Verdict.Sentence}"),
                    ("remedy", connection.Verdict.Remedy),
                    ("missing", string.Join(", ", connection.Verdict.Missing)),
                    ("more than needed", string.Join(", ", connection.Verdict.Excess)),
                    ("to confirm", connection.Verdict.Proposal is { } asked ? $"{asked.Setting} {asked.Shown}" : null),
                    ("verified", Words.Ago(connection.VerifiedAt, call.Time)),
                ])
        );

    private static Command Add(Terminal terminal)
    {
        var kind = new Argument<string>("kind") { Description = "What it is: `fairlead connection kinds`" };
        var name = new Option<string>("--name") { Description = "What people call it", Required = true };
        var id = new Option<string?>("--id") { Description = "What people type; made from the name when left out" };
        var credential = new Option<string?>("--credential") { Description = "ID of a credential that exists" };
        var device = new Option<bool>("--device") { Description = "Grant access by a code, typed in any browser" };
        var application = new Option<long?>("--application") { Description = "With --device: of `application list`" };
        var (settings, sharing) = (new SettingOptions(), new SharingOptions());
        return new Command("add", "Bind something; it is verified at once")
            .With(kind, name, id, credential, device, application)
            .With(settings.All)
            .With(sharing.All)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    if (call.Get(device))
                    {
                        var of = await ConnectionDevices.Application(
                            call,
                            call.Get(kind)!,
                            call.Get(application),
                            cancel
                        );
                        var wish = new NewGrant(of) { Name = call.Get(name), Id = call.Get(id) };
                        ShowOne(call, await ConnectionDevices.Run(call, wish, cancel));
                        return;
                    }
                    var input = new NewConnection(call.Get(name)!, call.Get(kind))
                    {
                        Id = call.Get(id),
                        Settings = settings.Settings(call),
                        Secrets = settings.Secrets(call),
                        Credential = call.Get(credential),
                        Scope = call.Get(sharing.Scope) ?? "private",
                        People = call.Get(sharing.People) ?? [],
                        Groups = call.Get(sharing.Groups) ?? [],
                    };
                    var made = await call.Send(
                        HttpMethod.Post,
                        Path,
                        input,
                        CliJson.Default.NewConnection,
                        CliJson.Default.ConnectionView,
                        cancel
                    );
                    ShowOne(call, made);
                }
            );
    }

    private static Command Verify(Terminal terminal)
    {
        var id = Id();
        return new Command("verify", "Verify now; fails unless the verdict is trusted")
            .With(id)
            .Tells(
                terminal,
                async (call, cancel) =>
                {
                    var path = At(call, id) + "/verify";
                    var found = await call.Client.Send(
                        HttpMethod.Post,
                        path,
                        null,
                        CliJson.Default.ConnectionView,
                        cancel
                    );
                    ShowOne(call, found);
                    return found.Verdict.Kind == "trusted" ? ExitCodes.Ok : ExitCodes.Failed;
                }
            );
    }

    private static Command Confirm(Terminal terminal)
    {
        var id = Id();
        var shown = new Argument<string>("shown") { Description = "The fingerprint or address that you compared" };
        return new Command("confirm", "Confirm what the last verification proposed: a host key, a certificate, a realm")
            .With(id, shown)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var now = await call.Client.Get(At(call, id), CliJson.Default.ConnectionView, cancel);
                    var confirmed = new ProposalConfirmation(now.Verdict.Proposal?.Setting ?? "", call.Get(shown));
                    var found = await call.Send(
                        HttpMethod.Post,
                        At(call, id) + "/confirm",
                        confirmed,
                        CliJson.Default.ProposalConfirmation,
                        CliJson.Default.ConnectionView,
                        cancel
                    );
                    ShowOne(call, found);
                }
            );
    }

    private static Command Delete(Terminal terminal)
    {
        var id = Id();
        var force = new Option<bool>("--force") { Description = "Even when something uses it" };
        return new Command("delete", "Delete a connection")
            .With(id, force)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    call.AskFirst($"Delete the connection {call.Get(id)}?");
                    var query = call.Get(force) ? "?force=true" : "";
                    await call.Client.Do(HttpMethod.Delete, At(call, id) + query, null, cancel);
                    call.Terminal.Say($"{call.Get(id)} is gone.");
                }
            );
    }

    private static string? Joined(IReadOnlyList<string> names) => names.Count == 0 ? null : string.Join(", ", names);
}
