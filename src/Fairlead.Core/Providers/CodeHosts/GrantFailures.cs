using Fairlead.Core.Outcomes;

namespace Fairlead.Core.Providers.CodeHosts;

/// <summary>What a host's token endpoint says no to.</summary>
public static class GrantFailures
{
    public const string EndedCode = "grant.ended";

    public static Failure Ended(string host) =>
        new(EndedCode, $"{host} no longer honours what was granted: it was taken back there, or has ended.", 422)
        {
            Remedy = "Open the connection's page and authorise again.",
            Retry = Retry.NeedsPerson,
        };

    /// <summary>A token without an end that the host takes no more, or a new one that it does not take.</summary>
    public static Failure Revoked(string host) =>
        new("grant.revoked", $"{host} does not accept what was granted: the grant was revoked there.", 422)
        {
            Remedy = "Open the connection's page and authorise again.",
            Retry = Retry.NeedsPerson,
        };

    public const string WaitingCode = "grant.waiting";

    public static Failure Waiting(string host) =>
        new(WaitingCode, $"Nobody has typed the code at {host} yet.", 409)
        {
            Remedy = "Open the page, type the code and allow it.",
            Retry = Retry.Later,
        };

    public const string SlowDownCode = "grant.slow-down";

    /// <summary>From now on five seconds more between two questions (RFC 8628, 3.5).</summary>
    public static Failure SlowDown(string host) => Waiting(host) with { Code = SlowDownCode };

    public static Failure DeviceExpired(string host) =>
        new("grant.device-expired", $"The code for {host} has expired before it was typed there.", 422)
        {
            Remedy = "Start again, and type the new code.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure Denied(string host) =>
        new("grant.denied", $"Access was denied on the page of {host}, so nothing was bound.", 422)
        {
            Remedy = "Start again, and allow it there.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure NoDevices(string host) =>
        new("grant.no-devices", $"{host} takes no codes from devices for this application.", 422)
        {
            Remedy = "Switch the device flow on in the application's settings there, or authorise in a browser.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure CodeRefused(string host) =>
        new("grant.code-refused", $"{host} did not accept the code that it had sent.", 422)
        {
            Remedy = "It was used before or came too late: start again.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure ApplicationRefused(string host) =>
        new("grant.application-refused", $"{host} does not accept this instance's client ID and secret.", 422)
        {
            Remedy = "An administrator has to enter the application again, with the secret that the host shows.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure CallbackRefused(string host) =>
        new("grant.callback-refused", $"{host} has another callback address for this application.", 422)
        {
            Remedy = "An administrator has to register there exactly the address that the settings page shows.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure WebPage(string host) =>
        new("grant.web-page", $"{host} answered with a web page where its tokens should be.", 502)
        {
            Remedy = "Check the address of the application's site, and that no sign-in page stands before it.",
            Retry = Retry.Later,
        };

    public static Failure NotUnderstood(string host) =>
        new("grant.not-understood", $"{host} answered with neither a token nor a reason that is known.", 502)
        {
            Remedy = "Check that the address is that of this kind of host.",
            Retry = Retry.Later,
        };
}
