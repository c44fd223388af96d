using System.CommandLine;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Connections;

namespace Fairlead.Cli.Commands;

/// <summary>What there is at a code host.</summary>
internal static class RepositoryCommands
{
    private const string Branch = "refs/heads/";
    private const string TagMark = "refs/tags/";

    public static Command Create(Terminal terminal) =>
        new Command("repo", "Repositories, branches and tags at a code host").With(
            List(terminal),
            Refs(terminal, "branches", "List a repository's branches", Branch),
            Refs(terminal, "tags", "List a repository's tags", TagMark)
        );

    internal static Argument<string> Connection() => new("connection") { Description = "The connection's ID" };

    private static Command List(Terminal terminal)
    {
        var connection = Connection();
        var paging = new Paging();
        var fresh = new Option<bool>("--fresh") { Description = "Ask the host again" };
        return new Command("list", "List the repositories that a connection reaches")
            .With(connection)
            .With(paging.All)
            .With(fresh)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var query = paging.Query(call, ("fresh", call.Get(fresh) ? "true" : null));
                    var path = $"api/v1/connections/{call.Get(connection)}/repositories{query}";
                    var page = await call.Client.Get(path, CliJson.Default.PageRepositoryInfo, cancel);
                    call.Answer(page, CliJson.Default.PageRepositoryInfo, _ => Show(call, page.Items));
                    paging.TellMore(call, page);
                }
            );
    }

    private static void Show(Invocation call, IReadOnlyList<RepositoryInfo> repositories) =>
        call.Terminal.Show(
            repositories,
            [
                ("repository", one => one.Name),
                ("default branch", one => one.DefaultBranch),
                (
                    "",
                    one =>
                        one.IsArchived ? "archived"
                        : one.IsPrivate is null ? ""
                        : one.IsPrivate.Value ? "private"
                        : "public"
                ),
            ]
        );

    private static Command Refs(Terminal terminal, string name, string description, string prefix)
    {
        var repository = new Argument<string>("repository")
        {
            Description = "Its name at the host",
            DefaultValueFactory = _ => "",
        };
        return Refs(terminal, new Command(name, description), repository, call => call.Get(repository), prefix);
    }

    /// <param name="repository">What of the line names the repository.</param>
    internal static Command Refs(
        Terminal terminal,
        Command command,
        Symbol repository,
        Func<Invocation, string?> named,
        string prefix
    )
    {
        var connection = Connection();
        var paging = new Paging();
        return command
            .With(connection, repository, paging.Number, paging.Size)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var query = paging.Query(call, ("repository", named(call)), ("q", prefix));
                    var path = $"api/v1/connections/{call.Get(connection)}/refs{query}";
                    var found = await call.Client.Get(path, CliJson.Default.RefsInfo, cancel);
                    call.Answer(
                        found,
                        CliJson.Default.RefsInfo,
                        _ =>
                            call.Terminal.Show(
                                found.Refs.Items,
                                [
                                    ("name", one => one.Ref[prefix.Length..]),
                                    ("commit", one => one.Commit),
                                    ("", one => one.Ref == Branch + found.DefaultBranch ? "default" : null),
                                ]
                            )
                    );
                    paging.TellMore(call, found.Refs);
                }
            );
    }
}
