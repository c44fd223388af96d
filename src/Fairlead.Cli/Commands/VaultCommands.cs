using System.CommandLine;
using Fairlead.Cli.Output;

namespace Fairlead.Cli.Commands;

/// <summary>The keys that seal all secrets.</summary>
internal static class VaultCommands
{
    public static Command Create(Terminal terminal) =>
        new Command("vault", "The keys that seal all secrets").With(Rotate(terminal));

    private static Command Rotate(Terminal terminal) =>
        new Command("rotate", "Make a new key-encryption key and wrap everything anew, while the server works").Does(
            terminal,
            async (call, cancel) =>
            {
                var done = await call.Client.Send(
                    HttpMethod.Post,
                    "api/v1/vault/rotate",
                    null,
                    CliJson.Default.KeyRotation,
                    cancel
                );
                call.Answer(
                    done,
                    CliJson.Default.KeyRotation,
                    _ => call.Terminal.Say($"{done.Rewrapped} secrets are sealed under {done.KeyId} now.")
                );
            }
        );
}
