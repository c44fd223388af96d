using System.CommandLine;
using Fairlead.Cli.Output;
using Fairlead.Contracts;
using Spectre.Console;

namespace Fairlead.Cli.Commands;

/// <summary>Checks what this program needs to work: a server, that it is ready, a token that is accepted.</summary>
internal static class DoctorCommand
{
    public static Command Create(Terminal terminal) =>
        new Command("doctor", "Check the way to the server, one line a thing").Tells(
            terminal,
            async (call, cancel) =>
            {
                var answers = await Check(call, "the server answers", "health/live", cancel);
                var ready = answers && await Check(call, "it is ready to work", "health/ready", cancel);
                var known = answers && await Check(call, "your token is accepted", "api/v1/whoami", cancel);
                return ready && known ? ExitCodes.Ok : ExitCodes.Failed;
            }
        );

    private static async Task<bool> Check(Invocation call, string what, string path, CancellationToken cancel)
    {
        try
        {
            await call.Client.Do(HttpMethod.Get, path, null, cancel);
            call.Terminal.People.MarkupLineInterpolated($"[green]ok[/]      {what}");
            return true;
        }
        catch (FairleadException refusal)
        {
            call.Terminal.People.MarkupLineInterpolated($"[red]failed[/]  {what}");
            call.Terminal.Show(refusal.Problem);
            return false;
        }
    }
}
