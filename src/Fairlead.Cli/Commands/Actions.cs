using System.CommandLine;
using Fairlead.Cli.Output;
using Fairlead.Contracts;

namespace Fairlead.Cli.Commands;

/// <summary>Gives commands their action: every failure becomes words on standard error and an exit code.</summary>
internal static class Actions
{
    /// <summary>A command that does something and is then done.</summary>
    public static Command Does(
        this Command command,
        Terminal terminal,
        Func<Invocation, CancellationToken, Task> action
    ) =>
        command.Tells(
            terminal,
            async (call, cancel) =>
            {
                await action(call, cancel);
                return ExitCodes.Ok;
            }
        );

    /// <summary>A command whose exit code tells something.</summary>
    public static Command Tells(
        this Command command,
        Terminal terminal,
        Func<Invocation, CancellationToken, Task<int>> action
    )
    {
        command.SetAction(
            async (line, cancel) =>
            {
                using var call = new Invocation(line, terminal);
                try
                {
                    return await action(call, cancel);
                }
                catch (FairleadException refusal)
                {
                    terminal.Show(refusal.Problem);
                    return ExitCodes.For(refusal.Problem);
                }
                catch (OperationCanceledException)
                {
                    return ExitCodes.Stopped;
                }
            }
        );
        return command;
    }

    /// <summary>Values that a shell may offer; others are not refused here, for the server knows better.</summary>
    public static TOption Offers<TOption>(this TOption option, params string[] values)
        where TOption : Option
    {
        option.CompletionSources.Add(values);
        return option;
    }

    /// <summary>Adds arguments, options and sub-commands in one go.</summary>
    public static TCommand With<TCommand>(this TCommand command, params Symbol[] parts)
        where TCommand : Command
    {
        foreach (var part in parts)
            switch (part)
            {
                case Argument argument:
                    command.Arguments.Add(argument);
                    break;
                case Option option:
                    command.Options.Add(option);
                    break;
                case Command sub:
                    command.Subcommands.Add(sub);
                    break;
            }
        return command;
    }
}
