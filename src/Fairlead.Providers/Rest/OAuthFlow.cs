using System.Net.Http.Headers;
using System.Text;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Providers.Http;

namespace Fairlead.Providers.Rest;

/// <summary>
/// The ways people grant access, the same at every host but for its addresses: by authorization code with PKCE, and by
/// device.
/// </summary>
/// <param name="scopes">What is asked for, as the host spells it.</param>
/// <param name="of">Where the OAuth of the target's site is.</param>
internal sealed class OAuthFlow(
    Outside outside,
    string scopes,
    Func<Target, Outcome<OAuthSite>> of,
    bool devices = false
) : IGrants
{
    private const string DeviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

    public string Scopes => scopes;

    public bool HasDevices => devices;

    public Outcome<GrantGuide> Guide(Target site) => of(site).Map(at => at.Guide);

    public Outcome<Uri> PageToAsk(Target site, GrantApplication application, string state, string challenge) =>
        of(site).Map(at => new Uri($"{at.Web}{at.Authorise}?{Encode(Question(at, application, state, challenge))}"));

    public Task<Outcome<Grant>> Exchange(
        Target site,
        GrantApplication application,
        Secret code,
        Secret verifier,
        CancellationToken cancel
    ) =>
        Give(
            site,
            application,
            [
                ("grant_type", "authorization_code"),
                ("code", code.Reveal()),
                ("code_verifier", verifier.Reveal()),
                ("redirect_uri", application.Callback.AbsoluteUri),
            ],
            GrantFailures.CodeRefused,
            cancel
        );

    public Task<Outcome<Grant>> Refresh(
        Target site,
        GrantApplication application,
        Secret refreshToken,
        CancellationToken cancel
    ) =>
        Give(
            site,
            application,
            [
                ("grant_type", "refresh_token"),
                ("refresh_token", refreshToken.Reveal()),
                ("redirect_uri", application.Callback.AbsoluteUri),
            ],
            GrantFailures.Ended,
            cancel
        );

    public async Task<Outcome<DeviceCode>> StartDevice(
        Target site,
        GrantApplication application,
        CancellationToken cancel
    )
    {
        if (!of(site).Try(out var at, out var failure))
            return failure;
        var url = new Uri(at.Web + at.Device);
        if (at.Device is null)
            return GrantFailures.NoDevices(url.IdnHost);
        var fields = new[] { ("client_id", application.ClientId), ("scope", scopes) };
        return (await Post(site, url, null, fields, cancel)).Then(response =>
            OAuthAnswers.Device(url, response, outside.Time)
        );
    }

    public Task<Outcome<Grant>> AskDevice(
        Target site,
        GrantApplication application,
        Secret deviceCode,
        CancellationToken cancel
    ) =>
        Give(
            site,
            application,
            [("grant_type", DeviceGrant), ("device_code", deviceCode.Reveal())],
            GrantFailures.DeviceExpired,
            cancel
        );

    private static readonly (string, string)[] NoFields = [];

    private (string, string)[] Question(OAuthSite at, GrantApplication application, string state, string challenge) =>
        [
            ("response_type", "code"),
            ("client_id", application.ClientId),
            ("redirect_uri", application.Callback.AbsoluteUri),
            ("state", state),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
            .. at.IsConsumer ? NoFields : [("scope", scopes)],
        ];

    /// <param name="worthless">What it means when the host says that what it was given is worth nothing.</param>
    private async Task<Outcome<Grant>> Give(
        Target site,
        GrantApplication application,
        IReadOnlyList<(string, string)> fields,
        Func<string, Failure> worthless,
        CancellationToken cancel
    )
    {
        if (!of(site).Try(out var at, out var failure))
            return failure;
        var url = new Uri(at.Web + at.Token);
        var (login, body) = at.IsConsumer
            ? (BasicLogin.Of(application.ClientId, application.ClientSecret), fields)
            : (null, [.. fields, .. InBody(application)]);
        return (await Post(site, url, login, body, cancel)).Then(response =>
            OAuthAnswers.Token(url.IdnHost, response, outside.Time, worthless)
        );
    }

    private static (string, string)[] InBody(GrantApplication application) =>
        [("client_id", application.ClientId), ("client_secret", application.ClientSecret.Reveal())];

    private async Task<Outcome<GuardedResponse>> Post(
        Target site,
        Uri url,
        AuthenticationHeaderValue? login,
        IReadOnlyList<(string, string)> fields,
        CancellationToken cancel
    )
    {
        using var http = outside.Http.Open(site.Reach, site.CertificateAuthorities);
        var request = new GuardedRequest(HttpMethod.Post, url)
        {
            Authorization = login,
            Accept = ["application/json"],
            Body = Encoding.ASCII.GetBytes(Encode(fields)),
            ContentType = "application/x-www-form-urlencoded",
        };
        return await http.Send(request, cancel);
    }

    private static string Encode(IReadOnlyList<(string Name, string Value)> fields) =>
        string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));
}
