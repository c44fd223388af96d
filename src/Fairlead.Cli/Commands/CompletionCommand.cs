using System.CommandLine;
using Fairlead.Cli.Output;

namespace Fairlead.Cli.Commands;

/// <summary>
/// Prints what a shell needs to complete this program's commands; the program itself answers each question.
/// </summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _fairlead() {
          local IFS=$'\n' words
          words=$(fairlead "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)
          COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -F _fairlead fairlead
        """;

    private const string Zsh = """
        _fairlead() {
          local words
          words=("${(@f)$(fairlead "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -a words
        }
        compdef _fairlead fairlead
        """;

    private const string Fish = """
        complete -f -c fairlead -a '(fairlead "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'
        """;

    public static Command Create(Terminal terminal)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        return new Command("completion", "Print the completion script for a shell: source <(fairlead completion bash)")
            .With(shell)
            .Does(
                terminal,
                (call, _) =>
                {
                    call.Terminal.Output.WriteLine(
                        call.Get(shell) switch
                        {
                            "zsh" => Zsh,
                            "fish" => Fish,
                            _ => Bash,
                        }
                    );
                    return Task.CompletedTask;
                }
            );
    }
}
