using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHub;

/// <summary>What to do at the host. Its page for fine-grained tokens takes nothing from its address.</summary>
internal static class GitHubGuide
{
    private static readonly IReadOnlyList<PrivilegeNeed> Needs =
    [
        new(["Contents: read-only"], "code cannot be read"),
        new(["Webhooks: read and write"], "hooks cannot be registered"),
        new(["Commit statuses: read and write"], "commit statuses cannot be set"),
        new(["Pull requests: read-only"], "pull requests cannot be built"),
    ];

    private const string ToWrite = "To change branches from here too, give it Contents: read and write.";

    public static ConnectGuide Of(IReadOnlyDictionary<string, string> typed)
    {
        var web = GitHubSite.Parse(SiteForm.Typed(typed, GitHubForm.Url)).Try(out var site, out _) ? site.Web : null;
        return new ConnectGuide(
            SiteForm.Typed(typed, GitHubForm.Way) == GitHubForm.ByApp ? App(web) : Token(web),
            Needs
        );
    }

    private static IReadOnlyList<GuideStep> Token(string? web) =>
        [
            new(
                "Make a fine-grained token: its resource owner is the account or organization of the repositories.",
                Page(web, "New fine-grained token", "/settings/personal-access-tokens/new")
            ),
            new("Choose the repositories to build, and give the permissions below; metadata comes along."),
            new(ToWrite),
            new(
                "Where fine-grained tokens are not allowed, a classic one with the scope repo will do. It may do more.",
                Page(web, "New classic token", "/settings/tokens/new?description=Fairlead&scopes=repo")
            ),
            new("Copy the token: it is shown once."),
        ];

    private static IReadOnlyList<GuideStep> App(string? web) =>
        [
            new(
                "Make an App with the permissions below. It needs no webhook of its own: switch its webhook off.",
                Page(web, "New App", "/settings/apps/new")
            ),
            new(ToWrite),
            new("Copy its client ID, generate a private key, and install it for the repositories to build."),
            new("The number at the end of the address you come to then is the installation ID."),
        ];

    private static GuidePage? Page(string? web, string label, string path) =>
        web is null ? null : new GuidePage(label, new Uri(web + path));
}
