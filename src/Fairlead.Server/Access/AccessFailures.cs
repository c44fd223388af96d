using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Access;

/// <summary>Why someone is not let in, or not allowed.</summary>
internal static class AccessFailures
{
    public static readonly Failure SignInNeeded = new("access.sign-in-needed", "You are not signed in.", 401)
    {
        Remedy = "Sign in, or send an API token as `Authorization: Bearer`.",
        Retry = Retry.NeedsPerson,
    };

    /// <summary>The same words whether the name or the password was wrong, or the person is disabled.</summary>
    public static readonly Failure SignInRefused = new("access.sign-in-refused", "Name or password is wrong.", 401)
    {
        Remedy = "Check both; an administrator can reset a password.",
        Retry = Retry.NeedsPerson,
    };

    public static Failure TooManyTries(TimeSpan wait) =>
        new("access.too-many-tries", "There were too many failed sign-ins; signing in pauses for a while.", 429)
        {
            Remedy = $"Try again in {Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))} seconds.",
            Retry = Retry.Later,
            Wait = wait,
        };

    public static readonly Failure LinkSpent = new(
        "access.link-spent",
        "This link was used, has expired, or never was.",
        410
    )
    {
        Remedy = "Make another on the server's machine: `fairlead-server link`, with the same --data and --key-file.",
        Retry = Retry.NeedsPerson,
    };

    public static readonly Failure AlreadySetUp = new(
        "access.already-set-up",
        "This instance has its first administrator.",
        409
    )
    {
        Remedy = "Sign in instead.",
    };

    public static readonly Failure CrossSite = new("access.cross-site", "This form was sent from another site.", 403)
    {
        Remedy = "Open the page at the address this server knows as its own, and send the form again.",
    };

    public static readonly Failure FormExpired = new("access.form-expired", "This form has expired.", 400)
    {
        Remedy = "Load the page again and resend it.",
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
            _ when caller.Role < verb.Role => $"This needs the role {verb.Role.Text()}.",
            _ => $"This needs a token with the scope {verb.Scope}.",
        };
}
