using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketCloud;

/// <summary>The form, and the rules of its fields.</summary>
internal static class BitbucketForm
{
    public const string Url = "url";
    public const string Auth = "auth";
    public const string ByPerson = "api-token";
    public const string ByAccess = "access-token";
    public const string Email = "email";
    public const string Workspace = "workspace";
    public const string Token = "token";

    public static readonly IReadOnlyList<FormField> Fields =
    [
        new(Auth, "Credential", FieldKind.Choice)
        {
            Choices =
            [
                (ByPerson, "API token of a person"),
                (ByAccess, "Access token of a workspace, project or repository"),
            ],
        },
        new(Email, "E-mail address", FieldKind.Text)
        {
            Required = true,
            WithCredential = true,
            Placeholder = "ada@example.com",
            Help = "Of the Atlassian account that the API token belongs to.",
            ShownWhen = (Auth, [ByPerson]),
        },
        new(Token, "Token", FieldKind.Secret)
        {
            Required = true,
            Help =
                "API token with scopes: read user, workspace, repository and pullrequest; read, write and delete "
                + "webhook. Access token: repositories read, pull requests read, webhooks read and write.",
        },
        new(Workspace, "Workspace", FieldKind.Text)
        {
            Placeholder = "acme",
            Help = "With an access token, the workspace it is of; else leave empty for all of the account's.",
        },
        new(Url, "Address", FieldKind.Url)
        {
            Placeholder = BitbucketSite.Public,
            Help = "Leave empty for bitbucket.org; else of a gateway that passes pages and /2.0 on to it.",
        },
        SiteForm.Authorities,
    ];

    public static Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input) =>
        SiteForm.Read(
            input,
            typed => BitbucketSite.Parse(typed).Map(site => site.Web),
            (Token, BitbucketFailures.TokenMissing),
            form =>
            {
                var auth = form.Choice(Auth, ByPerson, [ByPerson, ByAccess]);
                if (!input.Granted)
                    form.Keep(Auth, auth);
                if (auth == ByPerson && !input.Granted)
                    form.Keep(Email, form.Take(EmailOf(form.Text(Email))));
                var workspace = form.Text(Workspace);
                if (workspace is null ? auth == ByAccess && !input.Granted : !BitbucketSite.IsWorkspace(workspace))
                    form.Refuse(BitbucketFailures.Workspace);
                form.Keep(Workspace, workspace);
            }
        );

    private static Outcome<string> EmailOf(string? typed) =>
        typed is not null && typed.IndexOf('@') > 0 && !typed.Any(sign => char.IsControl(sign) || sign is ':' or ' ')
            ? typed
            : BitbucketFailures.Email;
}
