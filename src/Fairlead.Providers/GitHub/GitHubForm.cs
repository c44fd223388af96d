using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHub;

/// <summary>The form, and the rules of its fields.</summary>
internal static class GitHubForm
{
    public const string Url = "url";
    public const string Token = "token";

    public static readonly IReadOnlyList<FormField> Fields =
    [
        new(Url, "Address", FieldKind.Url)
        {
            Placeholder = GitHubSite.Public,
            Help = "Leave empty for github.com; else the site, such as https://git.example.com.",
        },
        new(Token, "Personal access token", FieldKind.Secret)
        {
            Required = true,
            Placeholder = "ghp_... or github_pat_...",
            Help =
                "Classic: scope repo. Fine-grained: contents read, webhooks and commit statuses read and write, "
                + "for the repositories to build.",
        },
        SiteForm.Authorities,
    ];

    public static Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input) =>
        SiteForm.Read(
            input,
            typed => GitHubSite.Parse(typed).Map(site => site.Web),
            (Token, GitHubFailures.TokenMissing)
        );
}
