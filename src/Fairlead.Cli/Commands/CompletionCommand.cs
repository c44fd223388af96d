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
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(fairlead complete "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)" -- "$2"))
        }
        complete -F _fairlead fairlead
        """;

    private const string Zsh = """
        #compdef fairlead
        _fairlead() {
          local -a found
          found=("${(@f)$(fairlead complete "${(j: :)words[1,CURRENT-1]} $PREFIX" 2>/dev/null)}")
          compadd -a found
        }
        (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
        compdef _fairlead fairlead
        """;

    private const string Fish = """
        complete -f -c fairlead -a '(fairlead complete (commandline -cp | string collect) 2>/dev/null)'
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

    /// <summary>What may stand where the line ends, one a line: what the scripts above ask.</summary>
    public static Command Answer(Terminal terminal, Func<RootCommand> root)
    {
        var line = new Argument<string>("line") { Description = "The command line up to the cursor" };
        return new Command("complete", "Say what may come next") { Hidden = true }
            .With(line)
            .Does(
                terminal,
                (call, _) =>
                {
                    foreach (var word in Next(root(), call.Get(line)))
                        call.Terminal.Output.WriteLine(word);
                    return Task.CompletedTask;
                }
            );
    }

    private static IEnumerable<string> Next(RootCommand root, string line)
    {
        var typed = line.TrimStart();
        typed = typed.IndexOf(' ') is > 0 and var gap ? typed[(gap + 1)..].TrimStart() : "";
        var start = typed.LastIndexOf(' ') + 1;
        var word = typed[start..];
        return root.Parse(typed[..start])
            .GetCompletions(start)
            .Select(found => found.Label)
            .Where(label => label.StartsWith(word, StringComparison.Ordinal))
            .Where(label => label.StartsWith('-') ? word.StartsWith('-') && label.Length > 2 : !label.StartsWith('/'));
    }
}
