using System.CommandLine;
using Fairlead.Cli.Output;

namespace Fairlead.Cli.Commands;

/// <summary>The tree of commands, one line a branch.</summary>
internal static class FairleadCommand
{
    private const string Purpose =
        "Bind a code host once; every push becomes an image, every job gets a key that melts.";

    public static RootCommand Create(Terminal terminal) =>
        new RootCommand(Purpose).With(
            GlobalOptions.Json,
            GlobalOptions.Server,
            GlobalOptions.Yes,
            SessionCommands.Login(terminal),
            SessionCommands.Logout(terminal),
            SessionCommands.WhoAmI(terminal),
            SessionCommands.Password(terminal),
            NamespaceCommands.Create(terminal),
            ImageCommands.Create(terminal),
            RuleCommands.Create(terminal),
            BuildCommands.Create(terminal),
            ConnectionCommands.Create(terminal),
            CredentialCommands.Create(terminal),
            ApplicationCommands.Create(terminal),
            AppCommands.Create(terminal),
            RepositoryCommands.Create(terminal),
            BranchCommands.Create(terminal),
            HookCommands.Create(terminal),
            EventCommands.Create(terminal),
            PeopleCommands.Create(terminal),
            GroupCommands.Create(terminal),
            TokenCommands.Create(terminal),
            BrowserCommands.Create(terminal),
            AuditCommands.Create(terminal),
            ReachCommands.Create(terminal),
            VaultCommands.Create(terminal),
            DoctorCommand.Create(terminal),
            CompletionCommand.Create(terminal),
            CompletionCommand.Answer(terminal, () => Create(terminal))
        );
}
