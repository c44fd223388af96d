using Fairlead.Core.Outcomes;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketCloud;

internal static class BitbucketFailures
{
    public static readonly Failure TokenMissing = new("bitbucket.token-missing", "The token is missing.", 422)
    {
        Field = BitbucketForm.Token,
        Remedy = "Create an API token with scopes in your Atlassian account's security settings, and paste it.",
    };

    public static readonly Failure Email = new(
        "bitbucket.email",
        "An API token is used with the e-mail address of its account, and this is none.",
        422
    )
    {
        Field = BitbucketForm.Email,
        Remedy = "Enter the address you sign in to Atlassian with; the name you had for app passwords does not do.",
    };

    public static readonly Failure Workspace = new(
        "bitbucket.workspace",
        "A workspace is named by the short name in its address.",
        422
    )
    {
        Field = BitbucketForm.Workspace,
        Remedy = "Enter acme for bitbucket.org/acme; an access token cannot tell by itself which one it is of.",
    };

    public static readonly Failure NotASite = new("bitbucket.not-a-site", "The address is not that of a site.", 422)
    {
        Field = BitbucketForm.Url,
        Remedy = "Leave it empty for bitbucket.org; workspaces and repositories are chosen later.",
    };

    public static readonly Failure Repository = new(
        "bitbucket.repository-name",
        "A repository is named by its workspace and its name.",
        422
    )
    {
        Field = "repository",
        Remedy = "Write it like acme/shop.",
    };

    public static Failure LoginRefused(string host) =>
        RestFailures.LoginRefused(host) with
        {
            Remedy =
                "Check the e-mail address and that the token was made with scopes (one without fails everywhere); if "
                + "it is expired or revoked, create a new one and replace the credential.",
        };

    public static Failure HookAddress(string host) =>
        new("bitbucket.hook-address", $"{host} does not take this server's address for a hook.", 422)
        {
            Remedy =
                "It sends only to addresses that resolve on the internet: set the server's public address, or have "
                + "the repository asked regularly instead.",
            Retry = Retry.NeedsPerson,
        };
}
