using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fairlead.Emulators.Hosting;

/// <summary>How one host's OAuth differs from another's.</summary>
/// <param name="Authorise">Path of the page that asks the person.</param>
/// <param name="Token">Path of the endpoint that gives tokens.</param>
/// <param name="Scopes">All that there are.</param>
/// <param name="Prefix">What its access tokens begin with.</param>
public sealed record OAuthFlavour(string Authorise, string Token, string[] Scopes, string Prefix)
{
    /// <summary>It says no with 200, and some errors have names of its own.</summary>
    public bool RefusesWith200 { get; init; }

    /// <summary>The application signs in by Basic, and has its scopes from where it was registered.</summary>
    public bool IsConsumer { get; init; }

    /// <summary>Takes what its own client leaves out (response type, PKCE, callback), JSON for forms, and
    /// applications of devices without their secret.</summary>
    public bool IsLax { get; init; }

    /// <summary>Paths of the endpoint that gives codes for devices, and of the page they are typed on.</summary>
    public (string Codes, string Page)? Devices { get; init; }

    internal string[] Known =>
        [
            "response_type",
            "client_id",
            "redirect_uri",
            "state",
            "code_challenge",
            "code_challenge_method",
            .. IsConsumer ? Array.Empty<string>() : ["scope"],
            .. IsLax ? ["allow_signup"] : Array.Empty<string>(),
        ];
}

/// <summary>An application as it was registered at the host.</summary>
public sealed record OAuthApplication(string ClientId, string ClientSecret, string Callback);

/// <summary>
/// The OAuth part of a host: a page with Allow and Deny and real redirects, codes that work once and end, PKCE,
/// refresh tokens that work once. A used refresh token that comes back ends the whole grant, as at the strictest host.
/// </summary>
public sealed class OAuthDoor(StrictHost host, OAuthFlavour flavour, Action<GrantedToken> add, Action<string> revoke)
{
    private sealed record Code(string Challenge, string Scope, OAuthApplication Application, DateTimeOffset EndsAt);

    private sealed class Family(string scope, OAuthApplication application)
    {
        public string Scope => scope;
        public OAuthApplication Application => application;
        public string? Access { get; set; }
        public string? Refresh { get; set; }
        public bool IsOver { get; set; }
    }

    private readonly ConcurrentDictionary<string, Code> _codes = new();
    private readonly ConcurrentDictionary<string, Family> _families = new();
    private readonly Lock _gate = new();

    public OAuthDevices Devices { get; } = new(host, flavour);

    public List<OAuthApplication> Applications { get; } = [];

    /// <summary>Who sits before the page.</summary>
    public string Login { get; set; } = "ada";

    /// <summary>The page does not ask: the person has allowed it before.</summary>
    public bool AllowsAtOnce { get; set; }

    /// <summary>How long access tokens live; null for ever, and then there are no refresh tokens.</summary>
    public TimeSpan? Life { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Off as a host that has never heard of PKCE; it is not documented of each.</summary>
    public bool ChecksPkce { get; set; } = true;

    public TimeSpan CodeLife { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Answers of the token endpoint that gave new tokens for a refresh token.</summary>
    public int Refreshed { get; private set; }

    /// <summary>Refresh tokens that were used a second time.</summary>
    public int Reused { get; private set; }

    /// <summary>The token endpoint answers with this instead.</summary>
    public int? TokenFault { get; set; }

    /// <summary>The token endpoint answers with a web page, as a sign-in in front of the host does.</summary>
    public bool AnswersPage { get; set; }

    public OAuthApplication Register(string callback)
    {
        var made = new OAuthApplication($"client{host.NextId()}", Random("secret-"), callback);
        Applications.Add(made);
        return made;
    }

    /// <summary>The person takes back what was granted.</summary>
    public void TakeBack()
    {
        foreach (var family in _families.Values)
        {
            family.IsOver = true;
            revoke(family.Access!);
        }
    }

    /// <summary>The tokens in use are worth nothing from now on; what was granted stands.</summary>
    public void RevokeTokens()
    {
        foreach (var family in _families.Values)
            revoke(family.Access!);
    }

    /// <summary>New tokens are worth nothing either.</summary>
    public bool GivesDeadTokens { get; set; }

    /// <param name="path">Below the site.</param>
    /// <returns>Whether it was for this door.</returns>
    public async Task<bool> Answer(HttpContext http, string path)
    {
        var at = "/" + path.TrimStart('/');
        if (at == flavour.Authorise && http.Request.Method == "GET")
            await Ask(http);
        else if (at == flavour.Authorise && http.Request.Method == "POST")
            await Decide(http);
        else if (at == flavour.Token && http.Request.Method == "POST")
            await Give(http);
        else if (flavour.Devices is { } devices && at == devices.Codes && http.Request.Method == "POST")
            await Devices.Give(http, Applications);
        else if (flavour.Devices is { } page && at == page.Page)
            await Devices.Page(http);
        else
            return false;
        return true;
    }

    private async Task Ask(HttpContext http)
    {
        var query = http.Request.Query;
        if (query.Keys.FirstOrDefault(key => !flavour.Known.Contains(key)) is { } odd)
            host.Violation($"parameter {odd} of {flavour.Authorise}");
        var application = Applications.Find(one => one.ClientId == query["client_id"]);
        if (application is null || query["redirect_uri"] != application.Callback)
        {
            // Never a redirect to an address that is not registered.
            http.Response.StatusCode = 400;
            await Page(http, "The redirect URI is not valid.");
        }
        else if (AllowsAtOnce)
            SendBack(http, application, query.ToDictionary(one => one.Key, one => one.Value.ToString()), true);
        else
            await Page(http, Form(query));
    }

    private string Form(IQueryCollection query)
    {
        var hidden = query.Select(one => $"<input type=\"hidden\" name=\"{one.Key}\" value=\"{Html(one.Value)}\">");
        return $"<p>{Html(Login)}, may this application in?</p><form method=\"post\">{string.Concat(hidden)}"
            + "<button name=\"decision\" value=\"allow\">Allow</button>"
            + "<button name=\"decision\" value=\"deny\">Deny</button></form>";
    }

    private async Task Decide(HttpContext http)
    {
        var form = (await http.Request.ReadFormAsync()).ToDictionary(one => one.Key, one => one.Value.ToString());
        var application = Applications.Single(one => one.ClientId == form["client_id"]);
        SendBack(http, application, form, form["decision"] == "allow");
    }

    private void SendBack(HttpContext http, OAuthApplication to, Dictionary<string, string> asked, bool allowed)
    {
        var scope = flavour.IsConsumer ? string.Join(' ', flavour.Scopes) : asked.GetValueOrDefault("scope") ?? "";
        var error =
            asked.GetValueOrDefault("response_type", flavour.IsLax ? "code" : "") != "code"
                ? "unsupported_response_type"
            : scope.Split(' ').Except(flavour.Scopes).Any() ? "invalid_scope"
            : asked.GetValueOrDefault("code_challenge_method", flavour.IsLax ? "S256" : "") != "S256"
                ? "invalid_request"
            : allowed ? null
            : "access_denied";
        var code = Random("code-");
        if (error is null)
            _codes[code] = new Code(
                asked.GetValueOrDefault("code_challenge") ?? "",
                scope,
                to,
                host.Time.GetUtcNow() + CodeLife
            );
        var answer = error is null ? $"code={code}" : $"error={error}&error_description=As+said";
        http.Response.Redirect($"{to.Callback}?{answer}&state={Uri.EscapeDataString(asked["state"])}");
    }

    private async Task Give(HttpContext http)
    {
        if (AnswersPage)
        {
            await Page(http, "Sign in");
            return;
        }
        if (TokenFault is { } fault)
        {
            http.Response.StatusCode = fault;
            return;
        }
        if (!http.Request.Headers.Accept.ToString().Contains("application/json"))
            host.Violation("a token was asked for without Accept: application/json");
        var form = await Fields(http.Request);
        string Field(string name) => form.GetValueOrDefault(name) ?? "";
        var login = flavour.IsConsumer ? BasicLogin.Of(http.Request) : (Field("client_id"), Field("client_secret"));
        var application = Applications.Find(one => login is var (id, _) && one.ClientId == id);
        var needsSecret = !(flavour.IsLax && Field("grant_type") == OAuthDevices.GrantType);
        if (application is null || (needsSecret && application.ClientSecret != login?.Item2))
            await Refuse(http, 401, flavour.RefusesWith200 ? "incorrect_client_credentials" : "invalid_client");
        else if (Field("grant_type") == OAuthDevices.GrantType)
            await ForDevice(http, Field("device_code"), application);
        else if (Field("redirect_uri") != application.Callback && !(flavour.IsLax && Field("redirect_uri") == ""))
            await Refuse(http, 400, flavour.RefusesWith200 ? "redirect_uri_mismatch" : "invalid_grant");
        else if (Field("grant_type") == "authorization_code" || (flavour.IsLax && Field("code") != ""))
            await ForCode(http, Field("code"), Field("code_verifier"), application);
        else if (Field("grant_type") == "refresh_token")
            await ForRefresh(http, Field("refresh_token"), application);
        else
            await Refuse(http, 400, "unsupported_grant_type");
    }

    private async Task ForCode(HttpContext http, string code, string verifier, OAuthApplication application)
    {
        var hash = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        if (
            !_codes.TryRemove(code, out var known)
            || known.EndsAt < host.Time.GetUtcNow()
            || known.Application != application
            || (ChecksPkce && known.Challenge != "" && known.Challenge != hash)
        )
            await Refuse(http, 400, flavour.RefusesWith200 ? "bad_verification_code" : "invalid_grant");
        else
            await Tell(http, Fresh(new Family(known.Scope, application)));
    }

    private Task ForDevice(HttpContext http, string code, OAuthApplication application) =>
        Devices.Ask(code, application) is { } refusal
            ? Refuse(http, 400, refusal)
            : Tell(http, Fresh(new Family(Devices.Take(code), application)));

    private async Task ForRefresh(HttpContext http, string token, OAuthApplication application)
    {
        Family? family;
        lock (_gate)
        {
            if (_families.TryGetValue(token, out family) && family.Refresh != token)
            {
                Reused++;
                family.IsOver = true;
                revoke(family.Access!);
            }
            else if (family is { IsOver: false })
            {
                Refreshed++;
                revoke(family.Access!);
                Fresh(family);
            }
        }
        if (family is null or { IsOver: true } || family.Application != application)
            await Refuse(http, 400, flavour.RefusesWith200 ? "bad_refresh_token" : "invalid_grant");
        else
            await Tell(http, family);
    }

    private Family Fresh(Family family)
    {
        family.Access = Random(flavour.Prefix);
        family.Refresh = Random("refresh-");
        _families[family.Refresh] = family;
        add(new GrantedToken(family.Access, Login, family.Scope.Split(' '), host.Time.GetUtcNow() + Life));
        if (GivesDeadTokens)
            revoke(family.Access);
        return family;
    }

    private Task Tell(HttpContext http, Family family)
    {
        var answer = new Dictionary<string, object?>
        {
            ["access_token"] = family.Access,
            ["token_type"] = "bearer",
            ["scope"] = family.Scope,
        };
        if (Life is { } life)
        {
            (answer["expires_in"], answer["refresh_token"]) = ((int)life.TotalSeconds, family.Refresh);
            if (flavour.IsLax)
                answer["refresh_token_expires_in"] = 15897600;
        }
        return Json(http, 200, answer);
    }

    private Task Refuse(HttpContext http, int status, string error) =>
        Json(http, flavour.RefusesWith200 ? 200 : status, new Dictionary<string, object?> { ["error"] = error });

    /// <summary>Of a form, or of JSON.</summary>
    internal static async Task<Dictionary<string, string>> Fields(HttpRequest request) =>
        request.HasFormContentType
            ? (await request.ReadFormAsync()).ToDictionary(one => one.Key, one => one.Value.ToString())
            : await JsonSerializer.DeserializeAsync<Dictionary<string, string>>(request.Body) ?? [];

    private static async Task Json(HttpContext http, int status, Dictionary<string, object?> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body));
    }

    private static Task Page(HttpContext http, string body)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync($"<!DOCTYPE html><title>Authorise</title>{body}");
    }

    private static string Html(string? text) => WebUtility.HtmlEncode(text ?? "");

    private static string Random(string prefix) =>
        prefix + RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 40);
}

/// <summary>An access token that a person granted.</summary>
public sealed record GrantedToken(string Value, string Login, IReadOnlyList<string> Scopes, DateTimeOffset? EndsAt);
