namespace Fairlead.Server.Access;

/// <summary>
/// Who is asking, as authentication found out; never taken from a body or a query. Endpoints and pages receive it as
/// a parameter and hand it to the verb.
/// </summary>
/// <param name="Scopes">What the token used may do; a browser session has all.</param>
/// <param name="Address">The remote address, for the audit log.</param>
internal sealed record Caller(
    long PersonId,
    string Name,
    Role Role,
    IReadOnlySet<long> Groups,
    IReadOnlySet<string> Scopes,
    string? Address
)
{
    public bool IsAdministrator => Role == Role.Administrator;

    public bool May(Verb verb) => Role >= verb.Role && Scopes.Contains(verb.Scope);
}
