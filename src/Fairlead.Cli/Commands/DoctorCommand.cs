using System.CommandLine;
using Fairlead.Cli.Output;
using Fairlead.Contracts;
using Spectre.Console;

namespace Fairlead.Cli.Commands;

/// <summary>One thing this program needs to work.</summary>
/// <param name="Problem">Null when all is well.</param>
internal sealed record DoctorCheck(string What, Problem? Problem);

/// <summary>Checks what this program needs to work: a server, that it is ready, a token that is accepted.</summary>
internal static class DoctorCommand
{
    private static readonly (string What, string Path)[] Checks =
    [
        ("the server answers", "health/live"),
        ("it is ready to work", "health/ready"),
        ("your token is accepted", "api/v1/whoami"),
    ];

    public static Command Create(Terminal terminal) =>
        new Command("doctor", "Check the way to the server, one line a thing").Tells(
            terminal,
            async (call, cancel) =>
            {
                var found = new List<DoctorCheck>();
                foreach (var (what, path) in Checks)
                    // Of a server that does not answer nothing else can be said.
                    if (found is not [{ Problem: not null }])
                        found.Add(new DoctorCheck(what, await Check(call, path, cancel)));
                call.Answer(found, CliJson.Default.ListDoctorCheck, _ => Show(call.Terminal, found));
                return found.TrueForAll(check => check.Problem is null) ? ExitCodes.Ok : ExitCodes.Failed;
            }
        );

    private static async Task<Problem?> Check(Invocation call, string path, CancellationToken cancel)
    {
        try
        {
            await call.Client.Do(HttpMethod.Get, path, null, cancel);
            return null;
        }
        catch (FairleadException refusal)
        {
            return refusal.Problem;
        }
    }

    private static void Show(Terminal terminal, IEnumerable<DoctorCheck> checks)
    {
        foreach (var (what, problem) in checks)
        {
            terminal.People.MarkupLineInterpolated(
                problem is null ? $"[green]ok[/]      {what}" : (FormattableString)$"[red]failed[/]  {what}"
            );
            if (problem is not null)
                terminal.Show(problem);
        }
    }
}
