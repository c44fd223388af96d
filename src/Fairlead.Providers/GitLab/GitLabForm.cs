using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Providers.Http;

namespace Fairlead.Providers.GitLab;

/// <summary>The form, and the rules of its fields.</summary>
internal static class GitLabForm
{
    public const string Url = "url";
    public const string Token = "token";

    public static readonly IReadOnlyList<FormField> Fields =
    [
        new(Url, "Address", FieldKind.Url)
        {
            Placeholder = GitLabSite.Public,
            Help =
                "Leave empty for gitlab.com; else the site with its port and path, such as https://example.com/gitlab.",
        },
        new(Token, "Access token", FieldKind.Secret)
        {
            Required = true,
            Placeholder = "glpat-...",
            Help =
                "A personal, group or project token with the scope api; the role Maintainer, so that hooks can be "
                + "registered.",
        },
        new(Target.CaSetting, "Certificate authorities", FieldKind.Lines)
        {
            Placeholder = "-----BEGIN CERTIFICATE-----",
            Help = "Only for a host whose certificate this machine does not trust by itself.",
        },
    ];

    public static Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input)
    {
        var form = new FormReader(input);
        form.Keep(Url, form.Take(GitLabSite.Parse(form.Text(Url)))?.Web);
        if (!form.Has(Token))
            form.Refuse(GitLabFailures.TokenMissing);
        if (form.Text(Target.CaSetting) is { } pem)
            form.Keep(Target.CaSetting, form.Take(Certificates.Normalise(pem)));
        return form.Result();
    }
}
