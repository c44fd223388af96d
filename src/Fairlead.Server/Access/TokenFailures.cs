using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Access;

/// <summary>What can be wrong with an API token asked for.</summary>
internal static class TokenFailures
{
    public static readonly Failure NameMissing = new(
        "token.name-missing",
        "A token needs a name of 1 to 100 characters.",
        422
    )
    {
        Field = "name",
        Remedy = "Say what it is for: you will look for it when it has to go.",
    };

    public static readonly Failure DaysOutOfRange = new("token.days-out-of-range", "A token lives 1 to 366 days.", 422)
    {
        Field = "days",
    };

    public static readonly Failure ScopesMissing = new("token.scopes-missing", "A token needs at least one scope.", 422)
    {
        Field = "scopes",
        Remedy = $"Scopes are {string.Join(", ", Scopes.All)}.",
    };

    public static readonly Failure ScopeUnknown = new("token.scope-unknown", "There is no such scope.", 422)
    {
        Field = "scopes",
        Remedy = $"Scopes are {string.Join(", ", Scopes.All)}.",
    };

    public static readonly Failure ScopeWider = new(
        "token.scope-wider",
        "A token cannot make another that may do more than itself.",
        403
    )
    {
        Field = "scopes",
        Remedy = "Sign in in the console, or with your password, and make it there.",
    };

    public static readonly Failure NoSuch = new("token.unknown", "You have no such token.", 404);

    public static readonly Failure NoSuchSession = new("session.unknown", "You have no such session.", 404);
}
