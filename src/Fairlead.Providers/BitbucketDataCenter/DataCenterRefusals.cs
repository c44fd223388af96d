using Fairlead.Core.Outcomes;
using Fairlead.Providers.Http;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketDataCenter;

/// <summary>
/// What refusals mean here: the host answers 401 to whom it knows and does not let, too. The name it knows the caller
/// by is then in a header.
/// </summary>
internal static class DataCenterRefusals
{
    public const string User = "X-AUSERNAME";

    public static Failure? Explain(string host, RestCall call, GuardedResponse response) =>
        response.Status is 401 or 403 && (IsKnown(response) || LacksPermission(response))
            ? RestFailures.NotAllowed(host, call.Path.Contains("/webhooks") ? "repository admin" : "repository read")
            : null;

    private static bool IsKnown(GuardedResponse response) => response.Header(User).Any(name => name.Length > 0);

    private static bool LacksPermission(GuardedResponse response) =>
        response
            .Json<WireErrors>()
            ?.Errors?.Any(error =>
                error?.ExceptionName?.EndsWith(".AuthorisationException", StringComparison.Ordinal) == true
            ) == true;
}
