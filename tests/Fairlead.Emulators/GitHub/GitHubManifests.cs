using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fairlead.Emulators.GitHub;

/// <summary>
/// The pages that make an App by a manifest and install it, with real redirects. The code that comes back makes the
/// App's key known once, within the hour.
/// </summary>
public sealed partial class GitHubManifests(GitHubHost host)
{
    private static readonly string[] Fields =
    [
        "name",
        "url",
        "hook_attributes",
        "redirect_url",
        "callback_urls",
        "setup_url",
        "description",
        "public",
        "default_events",
        "default_permissions",
        "request_oauth_on_install",
        "setup_on_update",
    ];

    private sealed record Made(GitHubApp App, DateTimeOffset EndsAt);

    private readonly ConcurrentDictionary<string, Made> _codes = new();

    /// <summary>Who sits before the pages.</summary>
    public string Login { get; set; } = "ada";

    /// <summary>Conversions that were asked for with a code that was used, unknown or too old.</summary>
    public int Refused { get; private set; }

    /// <summary>An owner has to agree to installing first; the person comes back without an installation.</summary>
    public bool NeedsOwner { get; set; }

    /// <returns>Whether it was for these pages.</returns>
    public async Task<bool> Answer(HttpContext http)
    {
        var (path, post) = (http.Request.Path.ToString(), http.Request.Method == "POST");
        if (NewApp().Match(path) is { Success: true } made && post)
            await Make(http, made.Groups["org"] is { Success: true } org ? org.Value : Login);
        else if (
            Install().Match(path) is { Success: true } one
            && host.Apps.Find(app => app.Slug == one.Groups[1].Value) is { } app
        )
            await (post ? SetUp(http, app) : Page(http, "<button name=\"all\" value=\"1\">Install</button>"));
        else
            return false;
        return true;
    }

    /// <summary>Nobody signs in to this: the code is enough.</summary>
    internal async Task Convert(HttpContext http, string code)
    {
        if (!_codes.TryRemove(code, out var made) || made.EndsAt < host.Time.GetUtcNow())
        {
            Refused++;
            http.Response.StatusCode = 404;
            await http.Response.WriteAsJsonAsync(
                new { message = "Not Found", documentation_url = "https://example.com" }
            );
            return;
        }
        var answer = GitHubAppsApi.Shape(host, made.App);
        answer["client_secret"] = made.App.ClientSecret;
        answer["webhook_secret"] = null;
        answer["pem"] = made.App.Key.ExportRSAPrivateKeyPem() + "\n";
        http.Response.StatusCode = 201;
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(answer.ToJsonString());
    }

    /// <summary>The first post brings the manifest, the second is the person's word.</summary>
    private async Task Make(HttpContext http, string owner)
    {
        var form = await http.Request.ReadFormAsync();
        var manifest = JsonNode.Parse(form["manifest"].ToString()) as JsonObject ?? [];
        if (Odd(manifest) is { } odd)
        {
            host.Violation($"manifest: {odd}");
            http.Response.StatusCode = 422;
            await Page(http, Html(odd));
        }
        else if (form["create"] != "1")
            await Page(
                http,
                $"<input type=\"hidden\" name=\"manifest\" value=\"{Html(manifest.ToJsonString())}\">"
                    + $"<button name=\"create\" value=\"1\">Create GitHub App for {Html(owner)}</button>"
            );
        else
            SendBack(http, manifest, owner);
    }

    private static string? Odd(JsonObject manifest) =>
        manifest.Select(one => one.Key).FirstOrDefault(key => !Fields.Contains(key)) is { } unknown ? $"field {unknown}"
        : (string?)manifest["name"] is not { Length: > 0 and <= 34 } ? "the name"
        : !Uri.TryCreate((string?)manifest["url"], UriKind.Absolute, out _) ? "the url"
        : !Uri.TryCreate((string?)manifest["redirect_url"], UriKind.Absolute, out _) ? "the redirect_url"
        : manifest["default_permissions"] is not JsonObject { Count: > 0 } ? "the default_permissions"
        : null;

    private void SendBack(HttpContext http, JsonObject manifest, string owner)
    {
        var name = (string)manifest["name"]!;
        var slug = Regex.Replace(name.ToLowerInvariant(), "[^a-z0-9]+", "-").Trim('-');
        var app = new GitHubApp(host.NextId(), $"Iv23li{host.NextId():x14}", slug, RSA.Create(2048))
        {
            Name = name,
            Owner = owner,
            IsPublic = (bool?)manifest["public"] ?? false,
            SetupUrl = (string?)manifest["setup_url"],
            ClientSecret = RandomNumberGenerator.GetHexString(40, true),
            Permissions = manifest["default_permissions"]!.Deserialize<Dictionary<string, string>>()!,
        };
        host.Apps.Add(app);
        var code = RandomNumberGenerator.GetHexString(40, true);
        _codes[code] = new Made(app, host.Time.GetUtcNow().AddHours(1));
        var state = Uri.EscapeDataString(http.Request.Query["state"].ToString());
        http.Response.Redirect($"{manifest["redirect_url"]}?code={code}&state={state}");
    }

    private Task SetUp(HttpContext http, GitHubApp app)
    {
        var state = Uri.EscapeDataString(http.Request.Query["state"].ToString());
        if (NeedsOwner)
        {
            http.Response.Redirect($"{app.SetupUrl}?setup_action=request&state={state}");
            return Task.CompletedTask;
        }
        var made = new GitHubInstallation(host.NextId(), app, app.Owner);
        host.Installations.Add(made);
        http.Response.Redirect($"{app.SetupUrl}?installation_id={made.Id}&setup_action=install&state={state}");
        return Task.CompletedTask;
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private static Task Page(HttpContext http, string body)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync($"<!DOCTYPE html><title>Apps</title><form method=\"post\">{body}</form>");
    }

    [GeneratedRegex("^(/organizations/(?<org>[^/]+))?/settings/apps/new$")]
    private static partial Regex NewApp();

    [GeneratedRegex("^/apps/([^/]+)/installations/new$")]
    private static partial Regex Install();
}
