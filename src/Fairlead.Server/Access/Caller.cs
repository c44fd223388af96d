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
    /// <summary>The API token used, if any.</summary>
    public long? TokenId { get; init; }

    /// <summary>The browser session used, if any.</summary>
    public long? SessionId { get; init; }

    public bool IsAdministrator => Role == Role.Administrator;

    public bool May(Verb verb) => Role >= verb.Role && Scopes.Contains(verb.Scope);

    /// <summary>
    /// Makes it a parameter of any endpoint. Null (and refused, unless the parameter may be null) when nobody is
    /// signed in; endpoints with <c>Needs</c> are not reached then.
    /// </summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) =>
        ValueTask.FromResult(context.Features.Get<Caller>());
}
