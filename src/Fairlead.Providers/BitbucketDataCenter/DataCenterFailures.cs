using Fairlead.Core.Outcomes;

namespace Fairlead.Providers.BitbucketDataCenter;

internal static class DataCenterFailures
{
    public static readonly Failure TokenMissing = new(
        "bitbucket-datacenter.token-missing",
        "The HTTP access token is missing.",
        422
    )
    {
        Field = DataCenterForm.Token,
        Remedy = "Create one there under Manage account, HTTP access tokens, and paste it.",
    };

    public static readonly Failure NotASite = new(
        "bitbucket-datacenter.not-a-site",
        "The address is not an http or https address of a site.",
        422
    )
    {
        Field = DataCenterForm.Url,
        Remedy = "Enter where the site begins, such as https://git.example.com or https://example.com/bitbucket.",
    };

    public static readonly Failure Repository = new(
        "bitbucket-datacenter.repository-name",
        "A repository is named by its project's key and its name.",
        422
    )
    {
        Field = "repository",
        Remedy = "Write it like SHOP/web, or ~ada/web for one of a person.",
    };
}
