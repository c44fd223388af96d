using System.CommandLine;
using Fairlead.Contracts;

namespace Fairlead.Cli.Commands;

/// <summary>The options all lists share; the server does the filtering and cutting.</summary>
internal sealed class Paging
{
    public Symbol[] All => [Search, Number, Size];

    public Option<string?> Search { get; } = new("--search") { Description = "Only what contains this text" };

    public Option<int> Number { get; } = new("--page") { Description = "Which page", DefaultValueFactory = _ => 1 };

    public Option<int> Size { get; } = new("--size") { Description = "How many", DefaultValueFactory = _ => 25 };

    /// <summary>The query string: paging, search and whatever else was given.</summary>
    public string Query(Invocation call, params (string Name, string? Value)[] more)
    {
        (string Name, string? Value)[] all =
        [
            ("page", call.Get(Number).ToString()),
            ("size", call.Get(Size).ToString()),
            ("q", call.Get(Search)),
            .. more,
        ];
        var given = all.Where(pair => !string.IsNullOrEmpty(pair.Value));
        return "?" + string.Join('&', given.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
    }

    /// <summary>Says, on standard error, that there is more than was shown.</summary>
    public void TellMore<T>(Invocation call, Page<T> page)
    {
        if (!call.Json && page.Total > page.Items.Count)
            call.Terminal.Say(
                $"{page.Items.Count} of {page.Total}, page {page.Number}; --page and --search show others."
            );
    }
}
