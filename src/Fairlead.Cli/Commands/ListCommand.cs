using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Fairlead.Cli.Output;
using Fairlead.Contracts;

namespace Fairlead.Cli.Commands;

/// <summary>The one shape of all lists: search, paging, filters, a table or JSON.</summary>
internal static class ListCommand
{
    /// <param name="path">Where the server answers a page of them.</param>
    /// <param name="filters">Options that are passed on under the given query name.</param>
    public static Command Create<T>(
        Terminal terminal,
        string name,
        string description,
        string path,
        JsonTypeInfo<Page<T>> type,
        (string Query, Option<string?> Option)[] filters,
        Func<Invocation, (string Heading, Func<T, string?> Cell)[]> columns
    ) => Create(terminal, new Command(name, description), _ => path, type, filters, columns);

    /// <param name="path">The same for lists of one thing, which an argument of the command names.</param>
    public static Command Create<T>(
        Terminal terminal,
        Command command,
        Func<Invocation, string> path,
        JsonTypeInfo<Page<T>> type,
        (string Query, Option<string?> Option)[] filters,
        Func<Invocation, (string Heading, Func<T, string?> Cell)[]> columns
    )
    {
        var paging = new Paging();
        return command
            .With(paging.All)
            .With([.. filters.Select(filter => filter.Option)])
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var query = paging.Query(
                        call,
                        [.. filters.Select(filter => (filter.Query, call.Get(filter.Option)))]
                    );
                    var page = await call.Client.Get(path(call) + query, type, cancel);
                    call.Answer(page, type, _ => call.Terminal.Show(page.Items, columns(call)));
                    paging.TellMore(call, page);
                }
            );
    }
}
