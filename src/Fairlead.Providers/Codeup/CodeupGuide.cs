using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Codeup;

/// <summary>What to do at the host (facts/alibaba.md A1, D5). Branches and tags are asked for by git.</summary>
internal static class CodeupGuide
{
    private static readonly IReadOnlyList<PrivilegeNeed> Needs =
    [
        new(["Organization members: read"], "the user name for cloning cannot be looked up"),
        new(["Code repositories: read"], "repositories cannot be listed and code cannot be read"),
        new(["Webhooks: read and write"], "hooks cannot be registered"),
        new(["Commit statuses: read and write"], "commit statuses cannot be set"),
        new(["Merge requests: read"], "merge requests cannot be built"),
    ];

    public static ConnectGuide Of(IReadOnlyDictionary<string, string> typed)
    {
        var url = SiteForm.Typed(typed, CodeupForm.Url);
        var site = CodeupSite.Parse(url, SiteForm.Typed(typed, CodeupForm.Organization));
        var web =
            site.Ok ? site.Value.Web
            : url is null ? CodeupSite.Central
            : null;
        return new ConnectGuide(
            [
                new(
                    "Open your personal settings from the picture in the corner, then personal access tokens.",
                    web is null ? null : new GuidePage("Open the site", new Uri(web))
                ),
                new("Make a token with the permissions below, and an end that you will remember."),
                new("The organization's id stands in the address of its repositories, before their path."),
                new("Copy the token: it is shown once."),
            ],
            Needs
        );
    }
}
