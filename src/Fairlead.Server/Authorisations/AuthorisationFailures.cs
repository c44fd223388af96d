using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Authorisations;

internal static class AuthorisationFailures
{
    private const string StartAgain = "Start again from the connection's page.";

    public static Failure CannotAuthorise(string kind) =>
        new("authorisation.no-such-way", $"People cannot grant access on a page of {kind}.", 422)
        {
            Field = "kind",
            Remedy = "Bind it with a token or a key.",
        };

    public static readonly Failure ClientIdMissing = new("application.client-id", "The client ID is missing.", 422)
    {
        Field = "clientId",
        Remedy = "Copy it from the page where the application is registered at the host.",
    };

    public static readonly Failure ClientSecretMissing = new(
        "application.client-secret",
        "The client secret is missing.",
        422
    )
    {
        Field = "clientSecret",
        Remedy = "Make one on the page where the application is registered at the host, and copy it.",
    };

    public static Failure Taken(string site) =>
        new("application.taken", $"There already is an application for {site}.", 409)
        {
            Field = "url",
            Remedy = "Delete that one first.",
        };

    public static readonly Failure ApplicationUnknown = new("application.unknown", "There is no such application.", 404)
    {
        Remedy = "An administrator enters one for each host, in the settings.",
    };

    public static Failure InUse(int grants) =>
        new("application.in-use", $"It still renews {grants} credentials, so it was not deleted.", 409)
        {
            Remedy = "Delete their connections or give them another credential first.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure NoApps(string kind) =>
        new("app.no-such-way", $"{kind} makes no Apps by itself.", 422)
        {
            Field = "kind",
            Remedy = "Bind it with a token, or by granting access on its page.",
        };

    public static readonly Failure AppUnknown = new("app.unknown", "There is no such App here.", 404)
    {
        Remedy = "It was deleted: an administrator has one made in the settings.",
    };

    public static Failure AppInUse(int credentials) =>
        new("app.in-use", $"Its key is that of {credentials} credentials, so it was not deleted.", 409)
        {
            Remedy = "Delete their connections or give them another credential first.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure KeyRefused(Failure why) =>
        why with
        {
            Remedy = $"Nothing was replaced. {why.Remedy}",
            Field = "key",
        };

    public static Failure NotInstalled(string app) =>
        new("app.not-installed", $"The host sent you back without saying where {app} was installed.", 422)
        {
            Remedy = "Choose an installation on the App's page, or install it from there.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure InstallationRequested(string app) =>
        new(
            "app.installation-requested",
            $"The account's owners were asked to install {app}; nothing is bound yet.",
            422
        )
        {
            Remedy = "Once one of them has agreed, choose the installation on the App's page.",
            Retry = Retry.NeedsPerson,
        };

    public static readonly Failure TooMany = new(
        "authorisation.too-many",
        "You were sent to hosts too often within a minute.",
        429
    )
    {
        Remedy = "Wait a minute.",
        Retry = Retry.Later,
        Wait = TimeSpan.FromMinutes(1),
    };

    public static readonly Failure StateUnknown = new(
        "authorisation.state-unknown",
        "Nobody here asked for this answer of a host.",
        400
    )
    {
        Remedy = StartAgain,
    };

    public static readonly Failure Replayed = new(
        "authorisation.replayed",
        "This answer of a host was used already; it counts once.",
        400
    )
    {
        Remedy = "If the connection is not there, start again.",
    };

    public static readonly Failure TooLate = new(
        "authorisation.too-late",
        "The answer of the host came too late: it is waited for ten minutes.",
        400
    )
    {
        Remedy = StartAgain,
    };

    public static readonly Failure OtherSession = new(
        "authorisation.other-session",
        "This answer of a host belongs to another session than yours.",
        403
    )
    {
        Remedy = "Finish in the browser you started in, or start again in this one.",
    };

    public static readonly Failure HostRefused = new(
        "authorisation.host-refused",
        "The host sent you back without asking you.",
        422
    )
    {
        Remedy = "An administrator has to compare callback address and scopes with what is registered at the host.",
        Retry = Retry.NeedsPerson,
    };

    public static readonly Failure Busy = new("authorisation.busy", "The grant is being renewed at this moment.", 503)
    {
        Remedy = "It goes on by itself.",
        Retry = Retry.Later,
    };
}
