using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Access;

internal static class AccessFailures
{
    public static readonly Failure SignInNeeded = new("access.sign-in-needed", "You are not signed in.", 401)
    {
        Remedy = "Sign in, or send an API token as `Authorization: Bearer`.",
        Retry = Retry.NeedsPerson,
    };

    public static Failure NotAllowed(Verb? verb, Caller caller) =>
        new("access.not-allowed", Sentence(verb, caller), 403)
        {
            Remedy = "Ask an administrator for the role, or make a token with the scope.",
            Retry = Retry.NeedsPerson,
        };

    private static string Sentence(Verb? verb, Caller caller) =>
        verb switch
        {
            null => "Nobody may do this.",
            _ when caller.Role < verb.Role => $"This needs the role {verb.Role.ToString().ToLowerInvariant()}.",
            _ => $"This needs a token with the scope {verb.Scope}.",
        };
}
