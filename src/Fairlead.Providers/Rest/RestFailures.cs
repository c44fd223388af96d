using System.Globalization;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers.CodeHosts;

namespace Fairlead.Providers.Rest;

/// <summary>What the API of any code host can answer, in the words they share.</summary>
internal static class RestFailures
{
    public static Failure WebPage(string host) =>
        new("host.web-page", $"{host} answered with a web page where its API should be.", 502)
        {
            Field = "url",
            Remedy = "Enter the address of the site, not of a project, and check that no sign-in page is before it.",
        };

    public static Failure NotJson(string host) =>
        new("host.not-json", $"{host} answered with something that is not what its API documents.", 502)
        {
            Remedy = "Check that the address is that of this kind of host; if it is, report its version to us.",
            Retry = Retry.Later,
        };

    public const string LoginRefusedCode = "host.login-refused";

    public static Failure LoginRefused(string host) =>
        new("host.login-refused", $"{host} does not accept the credential.", 422)
        {
            Field = "token",
            Remedy = "It is mistyped, expired or revoked: create a new one at the host and replace the credential.",
            Retry = Retry.NeedsPerson,
        };

    public const string NotAllowedCode = "host.not-allowed";

    /// <param name="need">What the host says would be enough, in its own names of privileges; null when it does not
    /// tell.</param>
    public static Failure NotAllowed(string host, string? need) =>
        new(NotAllowedCode, $"{host} says that the credential may not do this.", 422)
        {
            Remedy = need is null
                ? "Give the credential the privileges that the connection's page names as missing, and access to the "
                    + "repository if that was made private."
                : $"Give the credential one of these privileges at the host: {need}.",
            Retry = Retry.NeedsPerson,
        };

    public const string NotFoundCode = HostedRepository.NotFoundCode;

    public static Failure NotFound(string host, string what) =>
        new("host.not-found", $"{host} knows no {what}, or the credential does not reach it.", 404)
        {
            Field = "repository",
            Remedy =
                "Check its name, and that the credential was given access to it at the host: what was made private "
                + "may have lost it.",
            Retry = Retry.NeedsPerson,
        };

    /// <param name="announced">What the host says of it (<see cref="Announcement"/>); null for nothing.</param>
    public static Failure Gone(string host, string? announced) =>
        new("host.gone", $"{host} has switched off the function that this needs.", 502)
        {
            Remedy =
                (announced is null ? "See the host's change log. " : $"The host says: {announced}. ")
                + "Where it is only for hours, to be noticed, it goes on by itself; a newer version of this server "
                + "may know its replacement.",
            Retry = Retry.Later,
        };

    public static Failure Refused(string host, int status) =>
        new("host.refused", $"{host} did not take the request (HTTP {status}).", 422)
        {
            Remedy = "Look at the repository's settings at the host; if nothing there explains it, report it to us.",
            Retry = Retry.NeedsPerson,
        };

    /// <param name="now">By the clock that <paramref name="until"/> is of.</param>
    public static Failure RateLimited(string host, DateTimeOffset? until, DateTimeOffset? now) =>
        new(
            "host.rate-limited",
            until is { } at
                ? $"{host} takes no more requests with this credential until {Clock(at)}."
                : $"{host} takes no more requests with this credential for the moment.",
            503
        )
        {
            Remedy = "It goes on by itself; a credential of its own for this server has a limit of its own.",
            Retry = Retry.Later,
            Wait = until - now,
        };

    /// <summary>A link to the next page led to another origin, to a page that was read, or had no end.</summary>
    public static Failure OddRequest(string host) =>
        new("host.odd-request", $"{host} lists a pull request without its number, its branches or its commit.", 502)
        {
            Retry = Retry.Later,
        };

    public static Failure OddPages(string host) =>
        new("host.odd-pages", $"The pages of {host}'s list lead in a circle, without end or to another host.", 502)
        {
            Remedy = "Check the address; behind a proxy, the host has to be told the address it is reached by.",
        };

    private static string Clock(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
