using Fairlead.Contracts;
using Spectre.Console;

namespace Fairlead.Cli.Output;

/// <summary>
/// Where the program speaks: results go to standard output, words for people and failures to standard error, so that
/// <c>fairlead ... --json | jq</c> always works.
/// </summary>
internal sealed class Terminal
{
    public Terminal()
        : this(Console.Out, Console.Error, !Console.IsInputRedirected) { }

    public Terminal(TextWriter output, TextWriter error, bool interactive)
    {
        (Output, IsInteractive) = (output, interactive);
        People = On(error);
        Results = On(output);
    }

    public TextWriter Output { get; }

    /// <summary>A person sits there and can answer.</summary>
    public bool IsInteractive { get; }

    /// <summary>Standard error, with colour where the terminal has it.</summary>
    public IAnsiConsole People { get; }

    /// <summary>Standard output, for tables.</summary>
    public IAnsiConsole Results { get; }

    public void Say(string sentence) => People.MarkupLineInterpolated($"{sentence}");

    /// <summary>The same words as in the API and the console: sentence, field, remedy; each part of a form.</summary>
    public void Show(Problem problem)
    {
        People.MarkupLineInterpolated($"[red]✗[/] {problem.Title}");
        foreach (var part in problem.Parts ?? [])
            People.MarkupLineInterpolated($"  [bold]{part.Field}[/] {part.Title}{Spaced(part.Remedy)}");
        foreach (var path in problem.Paths ?? [])
            People.MarkupLineInterpolated($"  {Words.Plain(path)}");
        if (problem.Remedy is { } remedy)
            People.MarkupLineInterpolated($"  {remedy}");
    }

    /// <summary>
    /// Asks before something is destroyed. Without a person to answer it is no, unless told <c>--yes</c>.
    /// </summary>
    public bool Confirm(string question) =>
        IsInteractive && People.Prompt(new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false });

    /// <summary>Colours are for terminals: a pipe, a file or a log gets the words alone.</summary>
    private static IAnsiConsole On(TextWriter writer)
    {
        var place = new AnsiConsoleOutput(writer);
        var ansi = place.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No;
        return AnsiConsole.Create(new AnsiConsoleSettings { Ansi = ansi, Out = place });
    }

    private static string Spaced(string? text) => text is null ? "" : " " + text;
}
