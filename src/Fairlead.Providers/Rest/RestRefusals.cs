using System.Globalization;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Providers.Http;

namespace Fairlead.Providers.Rest;

/// <summary>Turns answers that are none into failures.</summary>
internal static class RestRefusals
{
    /// <summary>Null for an answer in the 200s and for 304.</summary>
    public static Failure? Of(RestCall call, GuardedResponse response, RestStyle style, TimeProvider time)
    {
        var host = style.Base.IdnHost;
        // Some hosts call even what is empty a page.
        if (response.MediaType is "text/html" && response.Status is < 500 and not (204 or 429))
            return RestFailures.WebPage(host);
        if (response.Ok || response.Status == 304)
            return null;
        return style.Explain(host, call, response) ?? Usual(call, response, host, time.GetUtcNow());
    }

    /// <summary>Trying at once again may help: the host is failing, or hung up.</summary>
    public static bool Passes(Failure failure) => failure.Code is "reach.host-failing" or "reach.cut-off";

    private static Failure Usual(RestCall call, GuardedResponse response, string host, DateTimeOffset now) =>
        response.Status switch
        {
            401 => RestFailures.LoginRefused(host),
            403 => RestFailures.NotAllowed(host, null),
            404 => RestFailures.NotFound(host, call.What),
            410 => RestFailures.Gone(host, Announcement.Of(response)),
            429 => RestFailures.RateLimited(host, RetryAt(response, now), now),
            >= 300 and < 400 => ReachFailures.Redirected(host),
            >= 500 => ReachFailures.Failing(host, response.Status),
            var other => RestFailures.Refused(host, other),
        };

    /// <summary><c>Retry-After</c>, as seconds or as a date.</summary>
    public static DateTimeOffset? RetryAt(GuardedResponse response, DateTimeOffset now)
    {
        var given = response.Header("Retry-After").FirstOrDefault();
        if (int.TryParse(given, CultureInfo.InvariantCulture, out var seconds))
            return now.AddSeconds(Math.Clamp(seconds, 0, 86400));
        return DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, out var at) ? at : null;
    }
}
