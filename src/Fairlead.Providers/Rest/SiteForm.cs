using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Providers.Http;

namespace Fairlead.Providers.Rest;

/// <summary>What the forms of hosts share that are bound by an address, one secret and, where needed, a CA.</summary>
internal static class SiteForm
{
    private const string Url = "url";

    public static readonly FormField Authorities = new(Target.CaSetting, "Certificate authorities", FieldKind.Lines)
    {
        Placeholder = "-----BEGIN CERTIFICATE-----",
        Help = "Only for a host whose certificate this machine does not trust by itself.",
    };

    /// <summary>What stands in a field that nobody has read yet; null for nothing.</summary>
    public static string? Typed(IReadOnlyDictionary<string, string> form, string field) =>
        form.TryGetValue(field, out var text) && text.Trim() is { Length: > 0 } given ? given : null;

    /// <param name="site">The address to keep, from what was typed.</param>
    /// <param name="secret">The field that has to have a value, and what to say when it has none.</param>
    /// <param name="more">Reads what else this host's form has.</param>
    public static Outcome<IReadOnlyDictionary<string, string>> Read(
        FormInput input,
        Func<string?, Outcome<string>> site,
        (string Field, Failure Missing) secret,
        Action<FormReader>? more = null
    )
    {
        var form = new FormReader(input);
        form.Keep(Url, form.Take(site(form.Text(Url))));
        if (!form.Has(secret.Field))
            form.Refuse(secret.Missing);
        more?.Invoke(form);
        if (form.Text(Target.CaSetting) is { } pem)
            form.Keep(Target.CaSetting, form.Take(Certificates.Normalise(pem)));
        return form.Result();
    }
}
