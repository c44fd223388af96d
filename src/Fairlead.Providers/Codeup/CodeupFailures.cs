using Fairlead.Core.Outcomes;

namespace Fairlead.Providers.Codeup;

internal static class CodeupFailures
{
    public static readonly Failure TokenMissing = new(
        "codeup.token-missing",
        "The personal access token is missing.",
        422
    )
    {
        Field = CodeupForm.Token,
        Remedy = "Create one in your personal settings there, under personal access tokens, and paste it.",
    };

    public static readonly Failure NotASite = new(
        "codeup.not-a-site",
        "The address is not that of a site or organization: it is a repository's, or not an http address.",
        422
    )
    {
        Field = CodeupForm.Url,
        Remedy = "Leave it empty for the central edition, or enter the site of the region edition.",
    };

    public static readonly Failure OrganizationMissing = new(
        "codeup.organization-missing",
        "The central edition needs the id of the organization.",
        422
    )
    {
        Field = CodeupForm.Organization,
        Remedy = "It is the first part of the path of its repositories: https://codeup.aliyun.com/ORGANIZATION/...",
    };

    public static readonly Failure OrganizationOdd = new(
        "codeup.organization-odd",
        "The id of an organization has letters, digits and dashes only.",
        422
    )
    {
        Field = CodeupForm.Organization,
        Remedy = "Copy it from the address of one of its repositories; it is not its name.",
    };

    public static readonly Failure Repository = new(
        "codeup.repository-name",
        "A repository is named by its groups and its name.",
        422
    )
    {
        Field = "repository",
        Remedy = "Write its path as it stands in its address after the organization, like backend/shop.",
    };

    public static Failure NotInOrganization(string host) =>
        new("codeup.not-in-organization", $"{host} says that the token's owner is not in that organization.", 422)
        {
            Field = CodeupForm.Organization,
            Remedy = "Check the id in the address of one of its repositories, and whose token it is.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure TokenKind(string host) =>
        new("codeup.token-kind", $"{host} does not take this kind of token for that.", 422)
        {
            Field = CodeupForm.Token,
            Remedy = "Use a personal access token of a member of the organization.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure NoCloneUser(string host) =>
        new("codeup.no-clone-user", $"{host} tells no user name for cloning over HTTPS.", 422)
        {
            Field = CodeupForm.CloneUser,
            Remedy =
                "Copy it from your personal settings there, under HTTPS password, into this field; or give the token "
                + "the right to read members.",
            Retry = Retry.NeedsPerson,
        };
}
