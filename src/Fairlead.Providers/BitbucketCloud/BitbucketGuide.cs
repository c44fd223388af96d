using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketCloud;

/// <summary>What to do at the host. Tokens of people are made at their account, which is at another site.</summary>
internal static class BitbucketGuide
{
    public static ConnectGuide Of(IReadOnlyDictionary<string, string> typed)
    {
        var isPerson = SiteForm.Typed(typed, BitbucketForm.Auth) != BitbucketForm.ByAccess;
        var web = BitbucketSite.Parse(SiteForm.Typed(typed, BitbucketForm.Url)).Try(out var site, out _)
            ? site.Web
            : null;
        var page = web is null ? null : new GuidePage("Your settings there", new Uri(web + "/account/settings/"));
        var lists = SiteForm.Typed(typed, BitbucketForm.Workspace) is null;
        return new ConnectGuide(isPerson ? Person(page) : Access(page), BitbucketScopes.Needs(isPerson, lists));
    }

    private static IReadOnlyList<GuideStep> Person(GuidePage? page) =>
        [
            new("From your settings, go to your account's security, and create an API token with scopes.", page),
            new("Choose Bitbucket as its app, and the scopes below."),
            new("Have administration of the repositories to build, so that hooks can be kept."),
            new("Copy the token: it is shown once. Its user name here is the account's e-mail address."),
        ];

    private static IReadOnlyList<GuideStep> Access(GuidePage? page) =>
        [
            new("In the settings of the workspace, project or repository, under access tokens, create one.", page),
            new("Give it the permissions below, and copy it: it is shown once."),
            new("Name its workspace here: such a token cannot ask for workspaces."),
        ];
}
