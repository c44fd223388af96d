using System.CommandLine;
using Fairlead.Cli.Output;

namespace Fairlead.Cli.Commands;

/// <summary>What a connection leads to, and what leads to it.</summary>
internal static class ConnectionLooks
{
    public static Command Refs(Terminal terminal)
    {
        var id = ConnectionCommands.Id();
        var repository = new Option<string?>("--repository") { Description = "The repository's name at the host" };
        var paging = new Paging();
        return new Command("refs", "List branches and tags of a repository, the default branch first")
            .With(id, repository)
            .With(paging.All)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var query = paging.Query(call, ("repository", call.Get(repository)));
                    var path = ConnectionCommands.At(call, id) + "/refs" + query;
                    var found = await call.Client.Get(path, CliJson.Default.RefsInfo, cancel);
                    call.Answer(
                        found,
                        CliJson.Default.RefsInfo,
                        _ =>
                            call.Terminal.Show(found.Refs.Items, ("ref", one => one.Ref), ("commit", one => one.Commit))
                    );
                    paging.TellMore(call, found.Refs);
                }
            );
    }

    public static Command Users(Terminal terminal)
    {
        var id = ConnectionCommands.Id();
        return ListCommand.Create(
            terminal,
            new Command("users", "List what uses a connection, and breaks without it").With(id),
            call => ConnectionCommands.At(call, id) + "/users",
            CliJson.Default.PageConnectionUser,
            [],
            _ => [("what", user => user.What), ("name", user => user.Name)]
        );
    }
}
