using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;

namespace Fairlead.Emulators.Hosting;

/// <summary>
/// The device part of a host's OAuth (RFC 8628): codes that a person types on a page, and questions that may not come
/// faster than the host said; each that does makes the interval five seconds longer.
/// </summary>
public sealed class OAuthDevices(StrictHost host, OAuthFlavour flavour)
{
    internal const string GrantType = "urn:ietf:params:oauth:grant-type:device_code";

    private sealed class Device(string userCode, string scope, OAuthApplication application, DateTimeOffset endsAt)
    {
        public string UserCode => userCode;
        public string Scope => scope;
        public OAuthApplication Application => application;
        public DateTimeOffset EndsAt => endsAt;
        public TimeSpan Interval { get; set; }
        public DateTimeOffset NextAt { get; set; }
        public bool? Allowed { get; set; }
    }

    private readonly ConcurrentDictionary<string, Device> _devices = new();

    /// <summary>Whether applications may use it: at some hosts each has a switch, which is off at first.</summary>
    public bool IsOn { get; set; } = true;

    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    public TimeSpan Life { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Codes that nobody has typed yet.</summary>
    public IReadOnlyList<string> Waiting =>
        [.. _devices.Values.Where(one => one.Allowed is null).Select(one => one.UserCode)];

    /// <summary>Questions that came before their time.</summary>
    public int Hasty { get; private set; }

    /// <summary>What a person does on the page.</summary>
    /// <returns>Whether there is such a code.</returns>
    public bool Decide(string userCode, bool allow = true)
    {
        var device = _devices.Values.FirstOrDefault(one => one.UserCode == userCode && one.Allowed is null);
        if (device is null || device.EndsAt < host.Time.GetUtcNow())
            return false;
        device.Allowed = allow;
        return true;
    }

    internal async Task Give(HttpContext http, IReadOnlyList<OAuthApplication> applications)
    {
        var form = await OAuthDoor.Fields(http.Request);
        if (form.Keys.FirstOrDefault(key => key is not ("client_id" or "scope")) is { } odd)
            host.Violation($"field {odd} of {flavour.Devices!.Value.Codes}");
        var application = applications.FirstOrDefault(one => one.ClientId == form.GetValueOrDefault("client_id"));
        var scope = form.GetValueOrDefault("scope") ?? "";
        if (application is null)
            await Say(http, 401, new { error = "invalid_client" });
        else if (!IsOn)
            await Say(http, 400, new { error = "device_flow_disabled" });
        else if (scope.Split(' ').Except(flavour.Scopes).Any())
            await Say(http, 400, new { error = "invalid_scope" });
        else
            await Give(http, application, scope);
    }

    private async Task Give(HttpContext http, OAuthApplication application, string scope)
    {
        var now = host.Time.GetUtcNow();
        var (code, typed) = (Random(40).ToLowerInvariant(), $"{Random(4)}-{Random(4)}");
        _devices[code] = new Device(typed, scope, application, now + Life)
        {
            Interval = Interval,
            NextAt = now + Interval,
        };
        var answer = new
        {
            device_code = code,
            user_code = typed,
            verification_uri = new Uri(host.Url, flavour.Devices!.Value.Page.TrimStart('/')).AbsoluteUri,
            expires_in = (int)Life.TotalSeconds,
            interval = (int)Interval.TotalSeconds,
        };
        await Say(http, 200, answer);
    }

    internal async Task Page(HttpContext http)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        if (http.Request.Method == "GET")
        {
            await http.Response.WriteAsync(
                "<!DOCTYPE html><title>Device</title><form method=\"post\"><input name=\"user_code\">"
                    + "<button name=\"decision\" value=\"allow\">Allow</button>"
                    + "<button name=\"decision\" value=\"deny\">Deny</button></form>"
            );
            return;
        }
        var form = await http.Request.ReadFormAsync();
        var known = Decide(form["user_code"].ToString(), form["decision"] == "allow");
        await http.Response.WriteAsync(known ? "Done." : $"No code {WebUtility.HtmlEncode(form["user_code"])}.");
    }

    /// <returns>Null when the person has allowed it.</returns>
    internal string? Ask(string code, OAuthApplication application)
    {
        var now = host.Time.GetUtcNow();
        if (!_devices.TryGetValue(code, out var device) || device.Application != application)
            return flavour.RefusesWith200 ? "incorrect_device_code" : "invalid_grant";
        if (device.EndsAt <= now)
            return "expired_token";
        if (now < device.NextAt)
        {
            Hasty++;
            device.Interval += TimeSpan.FromSeconds(5);
            device.NextAt = now + device.Interval;
            return "slow_down";
        }
        device.NextAt = now + device.Interval;
        return device.Allowed switch
        {
            null => "authorization_pending",
            false => "access_denied",
            true => null,
        };
    }

    /// <returns>The scopes that were asked for; the code is worth nothing from now on.</returns>
    internal string Take(string code) => _devices.TryRemove(code, out var device) ? device.Scope : "";

    private Task Say(HttpContext http, int status, object body)
    {
        http.Response.StatusCode = flavour.RefusesWith200 ? 200 : status;
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(JsonSerializer.Serialize(body));
    }

    private static string Random(int length) => RandomNumberGenerator.GetString("BCDFGHJKLMNPQRSTVWXZ", length);
}
