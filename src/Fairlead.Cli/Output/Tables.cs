using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fairlead.Cli.Output;

/// <summary>Tables for people: no frames, so that columns can still be cut with ordinary tools.</summary>
internal static class Tables
{
    private static readonly Style Dim = new(decoration: Decoration.Dim);

    public static void Show<T>(
        this Terminal terminal,
        IEnumerable<T> rows,
        params (string Heading, Func<T, string?> Cell)[] columns
    )
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            terminal.Say("There is none.");
            return;
        }
        var table = new Table { Border = TableBorder.None };
        foreach (var (heading, _) in columns)
            table.AddColumn(new TableColumn(new Text(heading.ToUpperInvariant(), Dim)) { NoWrap = true });
        foreach (var row in all)
            table.AddRow(columns.Select(column => (IRenderable)new Text(column.Cell(row) ?? "")));
        terminal.Results.Write(table);
    }

    /// <summary>One thing, a line per property; what it does not have is left out.</summary>
    public static void ShowOne(this Terminal terminal, params (string Name, string? Value)[] properties)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true }).AddColumn();
        foreach (var (name, value) in properties.Where(property => property.Value is not null))
            grid.AddRow(new Text(name, Dim), new Text(value!));
        terminal.Results.Write(grid);
    }
}
