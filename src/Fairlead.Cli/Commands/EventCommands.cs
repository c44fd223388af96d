using System.CommandLine;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Events;

namespace Fairlead.Cli.Commands;

/// <summary>The ledger: what was heard, and what became of it.</summary>
internal static class EventCommands
{
    public static Command Create(Terminal terminal) =>
        new Command("event", "What was heard of sources, and what became of it").With(
            List(terminal),
            Deliveries(terminal),
            Show(terminal),
            Replay(terminal),
            Sources(terminal),
            Look(terminal),
            Hook(terminal)
        );

    private static (string, Option<string?>)[] Filters() =>
        [
            ("source", new Option<string?>("--source") { Description = "Only of this source, by number" }),
            ("connection", new Option<string?>("--connection") { Description = "Only of this connection" }),
            (
                "heardBy",
                new Option<string?>("--heard-by") { Description = "hook, poll or person" }.Offers(
                    "hook",
                    "poll",
                    "person"
                )
            ),
        ];

    private static Command List(Terminal terminal) =>
        ListCommand.Create(
            terminal,
            "list",
            "List changes of branches, tags and pull requests, newest first",
            "api/v1/events",
            CliJson.Default.PageEventInfo,
            [
                .. Filters(),
                (
                    "ref",
                    new Option<string?>("--ref")
                    {
                        Description = "Only of this branch, tag or number of a pull request",
                    }
                ),
            ],
            call =>
                [
                    ("event", change => change.Id.ToString()),
                    ("when", change => Words.Ago(change.HeardAt, call.Time)),
                    ("source", change => $"{change.Connection} {change.Repository}"),
                    ("ref", change => change.Request is { } request ? Of(request) : change.Ref),
                    ("now", Now),
                    ("heard by", change => change.HeardBy),
                    ("recovered", change => change.Recovered),
                    ("became", change => change.Became),
                ]
        );

    private static string Now(EventInfo change) =>
        change.After is { } after ? after[..8]
        : change.Request is null ? "deleted"
        : "closed";

    private static string Of(RequestInfo request) =>
        $"#{request.Number} to {request.Target}{(request.FromFork ? ", from a fork" : "")}: {request.Title}";

    private static Command Deliveries(Terminal terminal) =>
        ListCommand.Create(
            terminal,
            "deliveries",
            "List every message as it came, newest first",
            "api/v1/deliveries",
            CliJson.Default.PageDeliveryInfo,
            [
                .. Filters(),
                (
                    "state",
                    new Option<string?>("--state")
                    {
                        Description = "Only in this state: received, waiting, processed, ignored, failed",
                    }.Offers("received", "waiting", "processed", "ignored", "failed")
                ),
            ],
            call =>
                [
                    ("delivery", message => message.Id.ToString()),
                    ("when", message => Words.Ago(message.ReceivedAt, call.Time)),
                    ("source", message => $"{message.Connection} {message.Repository}"),
                    ("heard by", message => message.HeardBy),
                    ("recovered", message => message.Recovered),
                    ("state", message => message.State),
                    ("again", message => message.Repeats > 0 ? message.Repeats.ToString() : ""),
                    ("became", message => message.Became),
                ]
        );

    private static Command Show(Terminal terminal)
    {
        var delivery = new Argument<long>("delivery") { Description = "Its number in `event deliveries`" };
        return new Command("show", "Show one delivery with its body and what it led to")
            .With(delivery)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var path = $"api/v1/deliveries/{call.Get(delivery)}";
                    var found = await call.Client.Get(path, CliJson.Default.DeliveryDetail, cancel);
                    call.Answer(
                        found,
                        CliJson.Default.DeliveryDetail,
                        _ =>
                            call.Terminal.ShowOne([
                                ("delivery", found.Delivery.Id.ToString()),
                                ("source", $"{found.Delivery.Connection} {found.Delivery.Repository}"),
                                ("heard by", found.Delivery.HeardBy),
                                ("recovered", found.Delivery.Recovered),
                                ("state", found.Delivery.State),
                                ("became", found.Delivery.Became),
                                ("key", found.Key),
                                .. found.Events.Select(change => (change.Ref, (string?)change.Became)),
                                ("body", found.Body.Length > 0 ? found.Body : null),
                            ])
                    );
                }
            );
    }

    private static Command Replay(Terminal terminal)
    {
        var delivery = new Argument<long>("delivery") { Description = "Its number in `event deliveries`" };
        var rebuild = new Option<bool>("--rebuild") { Description = "Build also what was built already" };
        return new Command("replay", "Take a delivery as if it had just come")
            .With(delivery, rebuild)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var result = await call.Send(
                        HttpMethod.Post,
                        $"api/v1/deliveries/{call.Get(delivery)}/replay",
                        new ReplayInput(call.Get(rebuild)),
                        CliJson.Default.ReplayInput,
                        CliJson.Default.ReplayResult,
                        cancel
                    );
                    ShowResult(call, result);
                }
            );
    }

    private static Command Sources(Terminal terminal) =>
        ListCommand.Create(
            terminal,
            "sources",
            "List the repositories that are listened to, with the address of each one's hook",
            "api/v1/sources",
            CliJson.Default.PageSourceInfo,
            [],
            call =>
                [
                    ("source", source => source.Id.ToString()),
                    ("connection", source => source.Connection),
                    ("repository", source => source.Repository),
                    ("hook", source => source.HookUrl),
                    ("hook heard", source => Words.Ago(source.HookHeardAt, call.Time)),
                    ("looked", source => Words.Ago(source.LookedAt, call.Time)),
                    ("trouble", source => source.LookFailure),
                ]
        );

    private static Argument<long> Source() => new("source") { Description = "Its number in `event sources`" };

    private static Command Look(Terminal terminal)
    {
        var source = Source();
        return new Command("look", "Look at a source now instead of waiting for the next poll")
            .With(source)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var path = $"api/v1/sources/{call.Get(source)}/look";
                    ShowResult(
                        call,
                        await call.Client.Send(HttpMethod.Post, path, null, CliJson.Default.ReplayResult, cancel)
                    );
                }
            );
    }

    private static Command Hook(Terminal terminal)
    {
        var source = Source();
        return new Command("hook", "Make a new secret for a source's hook and show it this once")
            .With(source)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var path = $"api/v1/sources/{call.Get(source)}/hook-secret";
                    var hook = await call.Client.Send(HttpMethod.Post, path, null, CliJson.Default.HookShown, cancel);
                    call.Answer(
                        hook,
                        CliJson.Default.HookShown,
                        _ =>
                            call.Terminal.ShowOne(
                                ("address", hook.HookUrl),
                                ("secret", hook.Secret),
                                ("old one", hook.PreviousUntil is { } until ? $"until {until:u}" : null)
                            )
                    );
                }
            );
    }

    private static void ShowResult(Invocation call, ReplayResult result) =>
        call.Answer(result, CliJson.Default.ReplayResult, _ => call.Terminal.Say(result.Became));
}
