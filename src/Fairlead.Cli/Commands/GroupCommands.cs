using System.CommandLine;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Access;

namespace Fairlead.Cli.Commands;

/// <summary>Groups: names for several people, to share connections with.</summary>
internal static class GroupCommands
{
    private const string Path = "api/v1/groups";

    public static Command Create(Terminal terminal) =>
        new Command("group", "Groups of people").With(
            List(terminal),
            Add(terminal),
            Member(terminal, "join", "Put a person into a group", HttpMethod.Put),
            Member(terminal, "leave", "Take a person out of a group", HttpMethod.Delete),
            Delete(terminal)
        );

    private static Argument<string> Name() => new("group") { Description = "The group's name" };

    private static string At(Invocation call, Argument<string> name) =>
        $"{Path}/{Uri.EscapeDataString(call.Get(name))}";

    private static Command List(Terminal terminal) =>
        ListCommand.Create(
            terminal,
            "list",
            "List groups",
            Path,
            CliJson.Default.PageGroup,
            [],
            _ => [("group", group => group.Name), ("members", group => string.Join(", ", group.Members))]
        );

    private static Command Add(Terminal terminal)
    {
        var name = Name();
        return new Command("add", "Make a group")
            .With(name)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var made = await call.Send(
                        HttpMethod.Post,
                        Path,
                        new NewGroup(call.Get(name)),
                        CliJson.Default.NewGroup,
                        CliJson.Default.Group,
                        cancel
                    );
                    call.Answer(
                        made,
                        CliJson.Default.Group,
                        _ => call.Terminal.Say($"The group {made.Name} is there.")
                    );
                }
            );
    }

    private static Command Member(Terminal terminal, string verb, string description, HttpMethod method)
    {
        var (name, person) = (Name(), new Argument<string>("person"));
        return new Command(verb, description)
            .With(name, person)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var path = $"{At(call, name)}/members/{Uri.EscapeDataString(call.Get(person))}";
                    await call.Client.Do(method, path, null, cancel);
                    call.Terminal.Say("Done.");
                }
            );
    }

    private static Command Delete(Terminal terminal)
    {
        var name = Name();
        return new Command("delete", "Delete a group; the people stay")
            .With(name)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    call.AskFirst($"Delete the group {call.Get(name)}?");
                    await call.Client.Do(HttpMethod.Delete, At(call, name), null, cancel);
                    call.Terminal.Say($"{call.Get(name)} is gone.");
                }
            );
    }
}
