using System.CommandLine;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Access;

namespace Fairlead.Cli.Commands;

/// <summary>Signed-in browsers: your own and, for administrators, those of other people.</summary>
internal static class BrowserCommands
{
    private const string Own = "api/v1/sessions";

    private static Option<long?> Number() => new("--session") { Description = "Only this one, by its number" };

    public static Command Create(Terminal terminal) =>
        new Command("session", "Browsers you are signed in with").With(List(terminal), End(terminal));

    private static Command List(Terminal terminal) =>
        ListCommand.Create(
            terminal,
            "list",
            "List where you are signed in",
            Own,
            CliJson.Default.PageSession,
            [],
            Columns
        );

    private static Command End(Terminal terminal)
    {
        var number = Number();
        return new Command("end", "Sign out everywhere, or in one browser")
            .With(number)
            .Does(terminal, (call, cancel) => End(call, Own, call.Get(number), "you", cancel));
    }

    public static Command OfPerson(Terminal terminal)
    {
        var name = PeopleCommands.Name();
        return ListCommand.Create(
            terminal,
            new Command("sessions", "List where a person is signed in").With(name),
            call => At(call, name),
            CliJson.Default.PageSession,
            [],
            Columns
        );
    }

    public static Command SignOut(Terminal terminal)
    {
        var (name, number) = (PeopleCommands.Name(), Number());
        return new Command("sign-out", "Sign a person out everywhere, or in one browser")
            .With(name, number)
            .Does(terminal, (call, cancel) => End(call, At(call, name), call.Get(number), call.Get(name), cancel));
    }

    private static string At(Invocation call, Argument<string> name) =>
        $"api/v1/people/{Uri.EscapeDataString(call.Get(name))}/sessions";

    private static async Task End(Invocation call, string path, long? number, string whom, CancellationToken cancel)
    {
        call.AskFirst(number is null ? $"Sign {whom} out everywhere?" : $"End session {number}?");
        await call.Client.Do(HttpMethod.Delete, number is null ? path : $"{path}/{number}", null, cancel);
        call.Terminal.Say("Signed out.");
    }

    private static (string, Func<Session, string?>)[] Columns(Invocation call) =>
        [
            ("session", session => session.Id.ToString()),
            ("browser", session => session.UserAgent),
            ("address", session => session.Address),
            ("signed in", session => Words.Ago(session.CreatedAt, call.Time)),
            ("seen", session => Words.Ago(session.LastSeenAt, call.Time)),
        ];
}
