using System.Text;
using System.Text.Json.Serialization;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Providers.Http;

namespace Fairlead.Providers.Rest;

/// <summary>Where one site's OAuth is, and what we ask for there.</summary>
/// <param name="Web">The site, without a slash at the end.</param>
/// <param name="Register">Below the site: where applications are registered.</param>
/// <param name="Authorise">Below the site: the page that asks the person.</param>
/// <param name="Token">Below the site: the endpoint that gives tokens.</param>
internal sealed record OAuthSite(string Web, string Register, string Authorise, string Token, string Scopes)
{
    public GrantGuide Guide => new(Web, new Uri(Web + Register));
}

/// <summary>The authorization code flow with PKCE, the same at every host but for its addresses.</summary>
internal static class OAuthFlow
{
    private sealed record Answer
    {
        [JsonPropertyName("access_token")]
        public Secret? AccessToken { get; init; }

        [JsonPropertyName("refresh_token")]
        public Secret? RefreshToken { get; init; }

        [JsonPropertyName("expires_in")]
        public long? ExpiresIn { get; init; }

        [JsonPropertyName("error")]
        public string? Error { get; init; }
    }

    public static Uri PageToAsk(OAuthSite site, GrantApplication application, string state, string challenge) =>
        new(
            $"{site.Web}{site.Authorise}?"
                + Encode([
                    ("response_type", "code"),
                    ("client_id", application.ClientId),
                    ("redirect_uri", application.Callback.AbsoluteUri),
                    ("scope", site.Scopes),
                    ("state", state),
                    ("code_challenge", challenge),
                    ("code_challenge_method", "S256"),
                ])
        );

    public static Task<Outcome<Grant>> Exchange(
        Outside outside,
        Target target,
        OAuthSite site,
        GrantApplication application,
        Secret code,
        Secret verifier,
        CancellationToken cancel
    ) =>
        Ask(
            outside,
            target,
            site,
            application,
            [("grant_type", "authorization_code"), ("code", code.Reveal()), ("code_verifier", verifier.Reveal())],
            cancel
        );

    public static Task<Outcome<Grant>> Refresh(
        Outside outside,
        Target target,
        OAuthSite site,
        GrantApplication application,
        Secret refreshToken,
        CancellationToken cancel
    ) =>
        Ask(
            outside,
            target,
            site,
            application,
            [("grant_type", "refresh_token"), ("refresh_token", refreshToken.Reveal())],
            cancel
        );

    private static async Task<Outcome<Grant>> Ask(
        Outside outside,
        Target target,
        OAuthSite site,
        GrantApplication application,
        IReadOnlyList<(string, string)> what,
        CancellationToken cancel
    )
    {
        var body = Encode([
            .. what,
            ("client_id", application.ClientId),
            ("client_secret", application.ClientSecret.Reveal()),
            ("redirect_uri", application.Callback.AbsoluteUri),
        ]);
        using var http = outside.Http.Open(target.Reach, target.CertificateAuthorities);
        var request = new GuardedRequest(HttpMethod.Post, new Uri(site.Web + site.Token))
        {
            Accept = ["application/json"],
            Body = Encoding.ASCII.GetBytes(body),
            ContentType = "application/x-www-form-urlencoded",
        };
        if (!(await http.Send(request, cancel)).Try(out var response, out var failure))
            return failure;
        return Read(request.Url.IdnHost, response, outside.Time, what[0].Item2 == "refresh_token");
    }

    /// <summary>Some hosts say no with 200, some with 400 or 401; the word is what counts (RFC 6749, 5.2).</summary>
    private static Outcome<Grant> Read(string host, GuardedResponse response, TimeProvider time, bool isRefresh)
    {
        if (response.Status == 429)
            return RestFailures.RateLimited(host, RestRefusals.RetryAt(response, time));
        if (response.Status >= 500)
            return ReachFailures.Failing(host, response.Status);
        var answer = response.Json<Answer>();
        if (answer?.AccessToken is { IsEmpty: false } token && response.Ok)
            return new Grant(
                token,
                answer.RefreshToken is { IsEmpty: false } refresh ? refresh : null,
                answer.ExpiresIn is > 0 and < 1_000_000_000 and var seconds
                    ? time.GetUtcNow().AddSeconds(seconds)
                    : null
            );
        return answer?.Error switch
        {
            "invalid_grant" or "bad_refresh_token" or "bad_verification_code" => isRefresh
                ? GrantFailures.Ended(host)
                : GrantFailures.CodeRefused(host),
            "invalid_client" or "unauthorized_client" or "incorrect_client_credentials" =>
                GrantFailures.ApplicationRefused(host),
            "redirect_uri_mismatch" => GrantFailures.CallbackRefused(host),
            _ => GrantFailures.NotUnderstood(host),
        };
    }

    private static string Encode(IReadOnlyList<(string Name, string Value)> fields) =>
        string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));
}
