using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Providers.Http;

namespace Fairlead.Providers.PrivateRegistry;

/// <summary>The form of an image registry, and the rules of its fields.</summary>
internal static class PrivateRegistryForm
{
    public const string Url = "url";
    public const string Username = "username";
    public const string Password = "password";
    public const string Realm = "realm";

    public static readonly IReadOnlyList<FormField> Fields =
    [
        new(Url, "Address", FieldKind.Url)
        {
            Required = true,
            Placeholder = "registry.example.com",
            Help = "The host that docker login takes, with its port if it has one.",
        },
        new(Username, "User name", FieldKind.Text)
        {
            WithCredential = true,
            Help = "Leave empty for a registry that asks nobody.",
        },
        new(Password, "Password or access token", FieldKind.Secret),
        new(Realm, "Token service", FieldKind.Url)
        {
            Help = "Leave empty: when it is on another host, the first verification shows it for you to confirm.",
        },
        new(Target.CaSetting, "Certificate authorities", FieldKind.Lines)
        {
            Placeholder = "-----BEGIN CERTIFICATE-----",
            Help = "Only for a registry whose certificate this machine does not trust by itself.",
        },
    ];

    public static Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input)
    {
        var form = new FormReader(input);
        form.Keep(Url, form.Take(Address(form.Text(Url))));
        if (form.Text(Realm) is { } realm)
            form.Keep(Realm, form.Take(RealmAddress(realm)));
        if (form.Text(Target.CaSetting) is { } pem)
            form.Keep(Target.CaSetting, form.Take(Certificates.Normalise(pem)));
        var user = form.Text(Username);
        form.Keep(Username, user);
        if (user is not null && !form.Has(Password))
            form.Refuse(PrivateRegistryFailures.PasswordMissing);
        if (user is null && form.Has(Password))
            form.Refuse(PrivateRegistryFailures.UsernameMissing);
        if (user is not null && user.Any(sign => char.IsControl(sign) || sign == ':'))
            form.Refuse(PrivateRegistryFailures.Username);
        return form.Result();
    }

    private static Outcome<string> Address(string? typed)
    {
        if (typed is null)
            return PrivateRegistryFailures.UrlMissing;
        var text = typed.Contains("://", StringComparison.Ordinal) ? typed : $"https://{typed}";
        if (text.Any(sign => char.IsControl(sign) || char.IsWhiteSpace(sign) || sign == '\\'))
            return PrivateRegistryFailures.UrlUnreadable;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            return PrivateRegistryFailures.UrlUnreadable;
        if (url.UserInfo.Length > 0)
            return PrivateRegistryFailures.UrlCredentials;
        if (url.AbsolutePath is not ("/" or "/v2" or "/v2/") || url.Query.Length > 0 || url.Fragment.Length > 0)
            return PrivateRegistryFailures.UrlPath;
        if (!HostName.TryNormalise(url.IdnHost, out var host))
            return PrivateRegistryFailures.UrlUnreadable;
        return $"{url.Scheme}://{HostName.InUrl(host)}{(url.IsDefaultPort ? "" : $":{url.Port}")}";
    }

    private static Outcome<string> RealmAddress(string typed) =>
        Uri.TryCreate(typed, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.UserInfo == ""
            ? url.AbsoluteUri
            : PrivateRegistryFailures.UrlUnreadable with
            {
                Field = Realm,
            };
}
