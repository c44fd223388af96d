using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Providers.Http;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Codeup;

/// <summary>The form, and the rules of its fields.</summary>
internal static class CodeupForm
{
    public const string Url = "url";
    public const string Organization = "organization";
    public const string CloneUser = "cloneUser";
    public const string Token = "token";

    public static readonly IReadOnlyList<FormField> Fields =
    [
        new(Url, "Address", FieldKind.Url)
        {
            Placeholder = CodeupSite.Central,
            Help = "Leave empty for the central edition; else the site of the region edition.",
        },
        new(Organization, "Organization", FieldKind.Text)
        {
            Placeholder = "60de7a6852743a5162b5f957",
            Help = "The id in the address of its repositories. A region edition has none.",
        },
        new(Token, "Personal access token", FieldKind.Secret)
        {
            Required = true,
            Placeholder = "pt-...",
            Help =
                "Permissions: organization members and code repositories read; webhooks and commit statuses read and "
                + "write.",
        },
        new(CloneUser, "HTTPS clone user name", FieldKind.Text)
        {
            WithCredential = true,
            Help = "Stands in your personal settings under HTTPS password. Looked up when left empty.",
        },
        SiteForm.Authorities,
    ];

    public static Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input)
    {
        var form = new FormReader(input);
        if (form.Take(CodeupSite.Parse(form.Text(Url), form.Text(Organization))) is { } site)
        {
            form.Keep(Url, site.Web == CodeupSite.Central ? null : site.Web);
            form.Keep(Organization, site.Organization);
        }
        form.Keep(CloneUser, form.Text(CloneUser));
        if (!form.Has(Token))
            form.Refuse(CodeupFailures.TokenMissing);
        if (form.Text(Target.CaSetting) is { } pem)
            form.Keep(Target.CaSetting, form.Take(Certificates.Normalise(pem)));
        return form.Result();
    }
}
