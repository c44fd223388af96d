using System.CommandLine;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Access;

namespace Fairlead.Cli.Commands;

/// <summary>People and groups.</summary>
internal static class PeopleCommands
{
    private const string Path = "api/v1/people";

    public static Command Create(Terminal terminal) =>
        new Command("user", "People who may sign in").With(
            List(terminal),
            Add(terminal),
            Set(terminal),
            Reset(terminal),
            BrowserCommands.OfPerson(terminal),
            BrowserCommands.SignOut(terminal)
        );

    internal static Argument<string> Name() => new("name") { Description = "What they sign in with" };

    private static Command List(Terminal terminal) =>
        ListCommand.Create(
            terminal,
            "list",
            "List people",
            Path,
            CliJson.Default.PagePerson,
            [],
            call =>
                [
                    ("name", person => person.Name),
                    ("display name", person => person.DisplayName),
                    ("role", person => person.Role),
                    (
                        "state",
                        person =>
                            person.Disabled ? "disabled"
                            : person.LockedUntil > call.Time.GetUtcNow() ? "locked"
                            : "active"
                    ),
                    ("since", person => Words.Ago(person.CreatedAt, call.Time)),
                ]
        );

    private static Command Add(Terminal terminal)
    {
        var name = Name();
        var role = new Option<string>("--role")
        {
            Description = "member, maintainer or administrator",
            DefaultValueFactory = _ => "member",
        }.Offers("member", "maintainer", "administrator");
        var display = new Option<string?>("--display-name");
        return new Command("add", "Add a person; prints a link with which they choose a password")
            .With(name, role, display)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var made = await call.Send(
                        HttpMethod.Post,
                        Path,
                        new NewPerson(call.Get(name), call.Get(role)!, call.Get(display)),
                        CliJson.Default.NewPerson,
                        CliJson.Default.PersonMade,
                        cancel
                    );
                    call.Answer(
                        made,
                        CliJson.Default.PersonMade,
                        _ =>
                            call.Terminal.ShowOne(
                                ("name", made.Person.Name),
                                ("role", made.Person.Role),
                                ("link", made.Link)
                            )
                    );
                }
            );
    }

    private static Command Set(Terminal terminal)
    {
        var name = Name();
        var role = new Option<string?>("--role") { Description = "member, maintainer or administrator" }.Offers(
            "member",
            "maintainer",
            "administrator"
        );
        var disabled = new Option<bool?>("--disabled") { Description = "true ends all their sessions and tokens" };
        var display = new Option<string?>("--display-name");
        return new Command("set", "Change a person's role or name, or disable them")
            .With(name, role, disabled, display)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var person = await call.Send(
                        HttpMethod.Patch,
                        $"{Path}/{Uri.EscapeDataString(call.Get(name))}",
                        new PersonChange(call.Get(display), call.Get(role), call.Get(disabled)),
                        CliJson.Default.PersonChange,
                        CliJson.Default.Person,
                        cancel
                    );
                    call.Answer(
                        person,
                        CliJson.Default.Person,
                        _ =>
                            call.Terminal.ShowOne(
                                ("name", person.Name),
                                ("role", person.Role),
                                ("state", person.Disabled ? "disabled" : "active")
                            )
                    );
                }
            );
    }

    private static Command Reset(Terminal terminal)
    {
        var name = Name();
        return new Command("reset", "Print a link with which a person chooses a new password")
            .With(name)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var path = $"{Path}/{Uri.EscapeDataString(call.Get(name))}/reset";
                    var made = await call.Client.Send(HttpMethod.Post, path, null, CliJson.Default.LinkMade, cancel);
                    call.Answer(
                        made,
                        CliJson.Default.LinkMade,
                        _ => call.Terminal.ShowOne(("link", made.Link), ("works until", $"{made.ExpiresAt:u}"))
                    );
                }
            );
    }
}
