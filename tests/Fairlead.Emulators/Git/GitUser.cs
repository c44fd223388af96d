namespace Fairlead.Emulators.Git;

/// <summary>Someone with an account at the host.</summary>
/// <param name="Tokens">Accepted in place of the password.</param>
public sealed record GitUser(string Name, string Password, params string[] Tokens)
{
    internal bool Opens(string password) => password == Password || Tokens.Contains(password);
}

/// <summary>Who may do what with one repository; <c>*</c> stands for everyone who signs in.</summary>
public sealed record GitPermissions(IReadOnlyList<string> Readers, IReadOnlyList<string> Writers)
{
    /// <summary>Anybody may clone without signing in.</summary>
    public bool AnonymousRead { get; init; }

    public static readonly GitPermissions Everyone = new(["*"], ["*"]);

    internal bool MayRead(string user) => Named(Readers, user) || MayWrite(user);

    internal bool MayWrite(string user) => Named(Writers, user);

    private static bool Named(IReadOnlyList<string> names, string user) => names.Contains("*") || names.Contains(user);
}
