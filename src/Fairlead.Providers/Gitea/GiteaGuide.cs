using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Gitea;

/// <summary>What to do at the host.</summary>
internal static class GiteaGuide
{
    public static ConnectGuide Of(IReadOnlyDictionary<string, string> typed)
    {
        var site = GiteaSite.Parse(SiteForm.Typed(typed, GiteaForm.Url));
        var page = site.Ok
            ? new GuidePage("Your applications", new Uri(site.Value.Web + "/user/settings/applications"))
            : null;
        return new ConnectGuide(
            [
                new("In your settings, under applications, generate an access token with the permissions below.", page),
                new("Be administrator of the repositories to build, so that hooks can be kept."),
                new("Where this server has a private address, the host's operator allows hooks to it."),
                new("Copy the token: it is shown once."),
            ],
            [
                new(["user: read"], "the account behind the token cannot be told"),
                new(["repository: read and write"], "code cannot be read, hooks and commit statuses cannot be written"),
            ]
        );
    }
}
