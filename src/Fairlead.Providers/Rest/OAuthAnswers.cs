using System.Text.Json.Serialization;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Providers.Http;

namespace Fairlead.Providers.Rest;

/// <summary>
/// What token endpoints say (RFC 6749, 5; RFC 8628, 3). Some say no with 200, some with 400 or 401: the word is what
/// counts.
/// </summary>
internal static class OAuthAnswers
{
    private sealed record Answer
    {
        [JsonPropertyName("access_token")]
        public Secret? AccessToken { get; init; }

        [JsonPropertyName("refresh_token")]
        public Secret? RefreshToken { get; init; }

        [JsonPropertyName("device_code")]
        public Secret? DeviceCode { get; init; }

        [JsonPropertyName("user_code")]
        public string? UserCode { get; init; }

        [JsonPropertyName("verification_uri")]
        public string? Page { get; init; }

        [JsonPropertyName("expires_in")]
        public long? ExpiresIn { get; init; }

        [JsonPropertyName("interval")]
        public long? Interval { get; init; }

        [JsonPropertyName("error")]
        public string? Error { get; init; }
    }

    private const long LongestLife = 1_000_000_000;

    public static Outcome<Grant> Token(
        string host,
        GuardedResponse response,
        TimeProvider time,
        Func<string, Failure> worthless
    )
    {
        if (Trouble(host, response, time) is { } trouble)
            return trouble;
        var answer = response.Json<Answer>();
        if (answer?.AccessToken is { IsEmpty: false } token && response.Ok)
            return new Grant(
                token,
                answer.RefreshToken is { IsEmpty: false } refresh ? refresh : null,
                answer.ExpiresIn is > 0 and < LongestLife and var seconds ? time.GetUtcNow().AddSeconds(seconds) : null
            );
        return Refusal(host, answer?.Error, worthless);
    }

    /// <summary>The page has to be one of the very site: a person is sent there.</summary>
    public static Outcome<DeviceCode> Device(Uri asked, GuardedResponse response, TimeProvider time)
    {
        var host = asked.IdnHost;
        if (Trouble(host, response, time) is { } trouble)
            return trouble;
        var answer = response.Json<Answer>();
        if (
            response.Ok
            && answer is { DeviceCode: { IsEmpty: false } code, UserCode: { Length: > 0 and <= 40 } typed }
            && !typed.Any(char.IsControl)
            && Uri.TryCreate(answer.Page, UriKind.Absolute, out var page)
            && page.GetLeftPart(UriPartial.Authority) == asked.GetLeftPart(UriPartial.Authority)
        )
            return new DeviceCode(
                code,
                typed,
                page,
                TimeSpan.FromSeconds(Math.Clamp(answer.ExpiresIn ?? 300, 30, 3600)),
                TimeSpan.FromSeconds(Math.Clamp(answer.Interval ?? 5, 1, 60))
            );
        return response.Status == 404
            ? GrantFailures.NoDevices(host)
            : Refusal(host, answer?.Error, GrantFailures.DeviceExpired);
    }

    /// <summary>Nothing that the endpoint itself said.</summary>
    private static Failure? Trouble(string host, GuardedResponse response, TimeProvider time) =>
        response.Status == 429 ? Limited(host, response, time.GetUtcNow())
        : response.Status >= 500 ? ReachFailures.Failing(host, response.Status)
        : response.MediaType == "text/html" && response.Status != 404 ? GrantFailures.WebPage(host)
        : null;

    private static Failure Limited(string host, GuardedResponse response, DateTimeOffset now) =>
        RestFailures.RateLimited(host, RestRefusals.RetryAt(response, now), now);

    private static Failure Refusal(string host, string? error, Func<string, Failure> worthless) =>
        error switch
        {
            "authorization_pending" => GrantFailures.Waiting(host),
            "slow_down" => GrantFailures.SlowDown(host),
            "expired_token" => GrantFailures.DeviceExpired(host),
            "access_denied" => GrantFailures.Denied(host),
            "device_flow_disabled" or "unsupported_grant_type" => GrantFailures.NoDevices(host),
            "invalid_grant" or "bad_refresh_token" or "bad_verification_code" or "incorrect_device_code" => worthless(
                host
            ),
            "invalid_client" or "unauthorized_client" or "incorrect_client_credentials" =>
                GrantFailures.ApplicationRefused(host),
            "redirect_uri_mismatch" => GrantFailures.CallbackRefused(host),
            _ => GrantFailures.NotUnderstood(host),
        };
}
