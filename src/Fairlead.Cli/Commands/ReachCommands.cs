using System.CommandLine;
using System.Globalization;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Connections;

namespace Fairlead.Cli.Commands;

/// <summary>Where typed addresses may lead beyond the public internet over TLS; for administrators.</summary>
internal static class ReachCommands
{
    private const string Path = "api/v1/reach-rules";

    public static Command Create(Terminal terminal) =>
        new Command("reach", "Rules that let connections reach private networks or plain http").With(
            List(terminal),
            Add(terminal),
            Delete(terminal)
        );

    private static Command List(Terminal terminal) =>
        ListCommand.Create(
            terminal,
            "list",
            "List the rules",
            Path,
            CliJson.Default.PageReachRuleInfo,
            [],
            _ => Columns
        );

    private static readonly (string, Func<ReachRuleInfo, string?>)[] Columns =
    [
        ("rule", rule => rule.Id.ToString(CultureInfo.InvariantCulture)),
        ("host", rule => rule.Host),
        ("network", rule => rule.Network),
        ("port", rule => rule.Port == 0 ? "any" : rule.Port.ToString(CultureInfo.InvariantCulture)),
        ("plain http", rule => rule.PlainHttp ? "yes" : "no"),
        ("note", rule => rule.Note),
    ];

    private static Command Add(Terminal terminal)
    {
        var host = new Argument<string>("host") { Description = "The host as connections name it, or *" };
        var network = new Argument<string>("network") { Description = "Where it may resolve to: 10.0.0.0/8" };
        var port = new Option<int>("--port") { Description = "Only this port" };
        var plain = new Option<bool>("--plain-http") { Description = "Allow http without TLS there" };
        var note = new Option<string?>("--note") { Description = "Why" };
        return new Command("add", "Allow connections to go somewhere")
            .With(host, network, port, plain, note)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var input = new NewReachRule(call.Get(host), call.Get(network))
                    {
                        Port = call.Get(port),
                        PlainHttp = call.Get(plain),
                        Note = call.Get(note) ?? "",
                    };
                    var made = await call.Send(
                        HttpMethod.Post,
                        Path,
                        input,
                        CliJson.Default.NewReachRule,
                        CliJson.Default.ReachRuleInfo,
                        cancel
                    );
                    call.Answer(made, CliJson.Default.ReachRuleInfo, _ => call.Terminal.Show([made], Columns));
                }
            );
    }

    private static Command Delete(Terminal terminal)
    {
        var id = new Argument<long>("rule") { Description = "Its number in `reach list`" };
        return new Command("delete", "Take a permission back")
            .With(id)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    call.AskFirst($"Delete rule {call.Get(id)}?");
                    await call.Client.Do(HttpMethod.Delete, $"{Path}/{call.Get(id)}", null, cancel);
                    call.Terminal.Say("It is gone.");
                }
            );
    }
}
