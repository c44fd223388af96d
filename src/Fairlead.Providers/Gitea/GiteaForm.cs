using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Gitea;

/// <summary>The form, and the rules of its fields.</summary>
internal static class GiteaForm
{
    public const string Url = "url";
    public const string Token = "token";

    public static readonly IReadOnlyList<FormField> Fields =
    [
        new(Url, "Address", FieldKind.Url)
        {
            Required = true,
            Placeholder = "https://git.example.com",
            Help = "Where the site begins, with its port and path if it has any.",
        },
        new(Token, "Access token", FieldKind.Secret)
        {
            Required = true,
            Help = "Permissions: user read; repository read and write, or only read to add hooks by hand.",
        },
        SiteForm.Authorities,
    ];

    public static Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input) =>
        SiteForm.Read(
            input,
            typed => GiteaSite.Parse(typed).Map(site => site.Web),
            (Token, GiteaFailures.TokenMissing)
        );
}
