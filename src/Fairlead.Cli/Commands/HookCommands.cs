using System.CommandLine;
using Fairlead.Cli.Output;

namespace Fairlead.Cli.Commands;

/// <summary>The hooks that are kept at code hosts.</summary>
internal static class HookCommands
{
    public static Command Create(Terminal terminal) =>
        new Command("hook", "Hooks that are kept at code hosts").With(List(terminal), Repair(terminal));

    private static Command List(Terminal terminal) =>
        ListCommand.Create(
            terminal,
            "list",
            "List hooks and whether their hosts have them",
            "api/v1/hooks",
            CliJson.Default.PageHookInfo,
            [("connection", new Option<string?>("--connection") { Description = "Only of this connection" })],
            call =>
                [
                    ("source", hook => hook.Source.ToString()),
                    ("connection", hook => hook.Connection),
                    ("repository", hook => hook.Repository),
                    ("state", hook => hook.State),
                    ("heard", hook => hook.HeardAt is { } heard ? Words.Ago(heard, call.Time) : "never"),
                    ("checked", hook => hook.CheckedAt is { } at ? Words.Ago(at, call.Time) : "never"),
                    ("note", hook => hook.Note),
                ]
        );

    private static Command Repair(Terminal terminal)
    {
        var source = new Argument<long>("source") { Description = "Its number in `hook list`" };
        return new Command("repair", "Look at a hook now and mend it")
            .With(source)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var path = $"api/v1/sources/{call.Get(source)}/hook-repair";
                    var hook = await call.Client.Send(HttpMethod.Post, path, null, CliJson.Default.HookInfo, cancel);
                    call.Answer(
                        hook,
                        CliJson.Default.HookInfo,
                        _ =>
                            call.Terminal.ShowOne(
                                ("state", hook.State),
                                ("note", hook.Note),
                                ("remedy", hook.Remedy),
                                ("address", hook.Url)
                            )
                    );
                }
            );
    }
}
