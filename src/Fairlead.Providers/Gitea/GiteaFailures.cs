using Fairlead.Core.Outcomes;

namespace Fairlead.Providers.Gitea;

internal static class GiteaFailures
{
    public static readonly Failure TokenMissing = new("gitea.token-missing", "The access token is missing.", 422)
    {
        Field = GiteaForm.Token,
        Remedy = "Create one in your settings there, under applications, and paste it.",
    };

    public static readonly Failure NotASite = new(
        "gitea.not-a-site",
        "The address is not an http or https address of a site.",
        422
    )
    {
        Field = GiteaForm.Url,
        Remedy = "Enter where the site begins, such as https://git.example.com or https://example.com/git.",
    };

    public static readonly Failure Repository = new(
        "gitea.repository-name",
        "A repository is named by its owner and its name.",
        422
    )
    {
        Field = "repository",
        Remedy = "Write it like acme/shop.",
    };

    public static Failure HooksOff(string host) =>
        new("gitea.hooks-off", $"{host} has webhooks switched off for everybody.", 422)
        {
            Remedy = "Its operator sets DISABLE_WEBHOOKS to false; until then the repository is asked regularly.",
            Retry = Retry.NeedsPerson,
        };
}
