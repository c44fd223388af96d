using System.CommandLine;
using Fairlead.Cli.Output;

namespace Fairlead.Cli.Commands;

/// <summary>Who did what; for administrators.</summary>
internal static class AuditCommands
{
    private const string Path = "api/v1/audit";

    public static Command Create(Terminal terminal) =>
        new Command("audit", "Who did what to what").With(List(terminal), Verify(terminal));

    private static Command List(Terminal terminal) =>
        ListCommand.Create(
            terminal,
            "list",
            "List what was done, newest first",
            Path,
            CliJson.Default.PageAuditEntry,
            [],
            call =>
                [
                    ("entry", entry => entry.Id.ToString()),
                    ("when", entry => Words.Ago(entry.At, call.Time)),
                    ("who", entry => entry.Who),
                    ("what", entry => entry.What),
                    ("subject", entry => entry.Subject),
                    ("detail", entry => entry.Detail),
                    ("address", entry => entry.Address),
                ]
        );

    private static Command Verify(Terminal terminal) =>
        new Command("verify", "Check the log's chain of hashes; fails when an entry does not hold").Tells(
            terminal,
            async (call, cancel) =>
            {
                var found = await call.Client.Get($"{Path}/verify", CliJson.Default.AuditVerdict, cancel);
                call.Answer(
                    found,
                    CliJson.Default.AuditVerdict,
                    _ => call.Terminal.ShowOne(("verdict", found.Sentence), ("head", found.Head))
                );
                return found.FirstBad is null ? ExitCodes.Ok : ExitCodes.Failed;
            }
        );
}
