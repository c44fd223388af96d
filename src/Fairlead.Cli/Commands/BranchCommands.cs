using System.CommandLine;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Connections;

namespace Fairlead.Cli.Commands;

/// <summary>Branches at a code host: compared, made, merged and deleted.</summary>
internal static class BranchCommands
{
    private const string Branches = "refs/heads/";

    public static Command Create(Terminal terminal) =>
        new Command("branch", "Branches at a code host").With(
            List(terminal),
            Compare(terminal),
            Make(terminal),
            Merge(terminal),
            Delete(terminal)
        );

    private static Command List(Terminal terminal)
    {
        var repository = Repository();
        var command = new Command("list", "List a repository's branches");
        return RepositoryCommands.Refs(terminal, command, repository, call => call.Get(repository), Branches);
    }

    private static Argument<string> Named(string name, string what) => new(name) { Description = what };

    private static Option<string> Repository() =>
        new("--repository")
        {
            Description = "Its name at the host; none where the connection is one repository",
            DefaultValueFactory = _ => "",
        };

    private static Command Compare(Terminal terminal)
    {
        var (connection, repository) = (RepositoryCommands.Connection(), Repository());
        var source = Named("source", "The branch that has the changes");
        var target = new Argument<string>("target")
        {
            Description = "The branch to compare with; the default one unless said",
            DefaultValueFactory = _ => "",
        };
        return new Command("compare", "Show how two branches differ, and whether they would merge")
            .With(connection, source, target, repository)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var query =
                        $"source={Uri.EscapeDataString(call.Get(source))}"
                        + $"&target={Uri.EscapeDataString(call.Get(target))}{OfRepository(call, repository)}";
                    var path = $"{Path(call, connection)}/branch-difference?{query}";
                    var found = await call.Client.Get(path, CliJson.Default.BranchDifference, cancel);
                    call.Answer(found, CliJson.Default.BranchDifference, _ => Show(call, found));
                }
            );
    }

    private static void Show(Invocation call, BranchDifference found)
    {
        call.Terminal.ShowOne(
            ("source", $"{found.Source.Name}  {found.Source.Commit}"),
            ("target", $"{found.Target.Name}  {found.Target.Commit}"),
            ("ahead", $"{found.Ahead}"),
            ("behind", $"{found.Behind}"),
            ("merges", Merges(found)),
            ("conflicts", Lines(found.Conflicts)),
            ("changed", $"{found.Changed}"),
            ("", Lines([.. found.Changes.Select(one => $"{one.How, -8}  {one.Path}")]))
        );
        if (found.Changes.Count < found.Changed)
            call.Terminal.Say($"{found.Changes.Count} of {found.Changed} paths.");
    }

    private static string Merges(BranchDifference found) =>
        found.Unrelated ? "no, they have no commit in common"
        : !found.Merges ? "no, they conflict"
        : found.Ahead == 0 ? "nothing to merge"
        : "yes";

    private static string? Lines(IReadOnlyList<string> lines) =>
        lines.Count == 0 ? null : string.Join('\n', lines.Select(Words.Plain));

    private static Command Make(Terminal terminal)
    {
        var (connection, repository) = (RepositoryCommands.Connection(), Repository());
        var name = Named("name", "The new branch");
        var from = Named("from", "A branch, a tag or a whole commit id to make it from");
        return new Command("create", "Make a branch")
            .With(connection, name, from, repository)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var made = await call.Send(
                        HttpMethod.Post,
                        $"{Path(call, connection)}/branches",
                        new NewBranch(call.Get(name), call.Get(from), call.Get(repository) ?? ""),
                        CliJson.Default.NewBranch,
                        CliJson.Default.BranchInfo,
                        cancel
                    );
                    call.Answer(
                        made,
                        CliJson.Default.BranchInfo,
                        _ => call.Terminal.ShowOne(("branch", made.Name), ("commit", made.Commit))
                    );
                }
            );
    }

    private static Command Merge(Terminal terminal)
    {
        var (connection, repository) = (RepositoryCommands.Connection(), Repository());
        var source = Named("source", "The branch to merge");
        var target = Named("target", "The branch that gets it");
        var message = new Option<string?>("--message", "-m") { Description = "Of the merge commit" };
        return new Command("merge", "Merge one branch into another")
            .With(connection, source, target, repository, message)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var wish = new BranchMerge(call.Get(source), call.Get(target), call.Get(repository) ?? "")
                    {
                        Message = call.Get(message),
                    };
                    var done = await call.Send(
                        HttpMethod.Post,
                        $"{Path(call, connection)}/branch-merges",
                        wish,
                        CliJson.Default.BranchMerge,
                        CliJson.Default.MergeInfo,
                        cancel
                    );
                    call.Answer(done, CliJson.Default.MergeInfo, _ => Tell(call, done));
                }
            );
    }

    private static void Tell(Invocation call, MergeInfo done) =>
        call.Terminal.ShowOne(
            ("target", done.Target),
            ("commit", done.Commit),
            (
                "",
                done.How switch
                {
                    "already" => $"There was nothing of {done.Source} to merge.",
                    "by-host" => "The host merged it, for the branch is protected.",
                    _ => null,
                }
            )
        );

    private static Command Delete(Terminal terminal)
    {
        var (connection, repository) = (RepositoryCommands.Connection(), Repository());
        var name = Named("name", "The branch");
        var commit = new Option<string?>("--commit") { Description = "Only if it still leads to this commit" };
        return new Command("delete", "Delete a branch")
            .With(connection, name, repository, commit)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    call.AskFirst($"Delete the branch {call.Get(name)} at the host?");
                    var path =
                        $"{Path(call, connection)}/branches?name={Uri.EscapeDataString(call.Get(name))}"
                        + $"{OfRepository(call, repository)}&commit={Uri.EscapeDataString(call.Get(commit) ?? "")}";
                    var gone = await call.Client.Send(
                        HttpMethod.Delete,
                        path,
                        null,
                        CliJson.Default.BranchInfo,
                        cancel
                    );
                    call.Answer(
                        gone,
                        CliJson.Default.BranchInfo,
                        _ => call.Terminal.ShowOne(("deleted", gone.Name), ("was", gone.Commit))
                    );
                }
            );
    }

    private static string Path(Invocation call, Argument<string> connection) =>
        $"api/v1/connections/{Uri.EscapeDataString(call.Get(connection))}";

    private static string OfRepository(Invocation call, Option<string> repository) =>
        $"&repository={Uri.EscapeDataString(call.Get(repository) ?? "")}";
}
