using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketDataCenter;

/// <summary>The form, and the rules of its fields.</summary>
internal static class DataCenterForm
{
    public const string Url = "url";
    public const string Token = "token";

    public static readonly IReadOnlyList<FormField> Fields =
    [
        new(Url, "Address", FieldKind.Url)
        {
            Required = true,
            Placeholder = "https://bitbucket.example.com",
            Help = "Where the site begins, with its port and path if it has any.",
        },
        new(Token, "HTTP access token", FieldKind.Secret)
        {
            Required = true,
            Help =
                "Of a person, project or repository, with repository admin; repository read is enough to add hooks "
                + "by hand.",
        },
        SiteForm.Authorities,
    ];

    public static Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input) =>
        SiteForm.Read(
            input,
            typed => DataCenterSite.Parse(typed).Map(site => site.Web),
            (Token, DataCenterFailures.TokenMissing)
        );
}
