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

    public static Failure NotUnderstood(string host) =>
        new("grant.not-understood", $"{host} answered with neither a token nor a reason that is known.", 502)
        {
            Remedy = "Check that the address is that of this kind of host.",
            Retry = Retry.Later,
        };
}
