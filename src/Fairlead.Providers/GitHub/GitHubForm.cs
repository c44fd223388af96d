using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;
using Fairlead.Providers.Http;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHub;

/// <summary>The form, and the rules of its fields.</summary>
internal static class GitHubForm
{
    public const string Url = "url";
    public const string Way = Target.Way;
    public const string ByToken = "token";
    public const string ByApp = "app";
    public const string Token = "token";
    public const string AppId = "appId";
    public const string PrivateKey = "privateKey";
    public const string Installation = "installation";

    public static readonly IReadOnlyList<FormField> Fields =
    [
        new(Url, "Address", FieldKind.Url)
        {
            Placeholder = GitHubSite.Public,
            Help = "Leave empty for github.com; else the site, such as https://git.example.com.",
        },
        new(Way, "Sign in with", FieldKind.Choice)
        {
            WithCredential = true,
            Choices =
            [
                (ByToken, "a personal access token"),
                (ByApp, "a GitHub App: keys for one repository at a time"),
            ],
        },
        new(Token, "Personal access token", FieldKind.Secret)
        {
            Required = true,
            ShownWhen = (Way, [ByToken]),
            Placeholder = "ghp_... or github_pat_...",
            Help =
                "Classic: scope repo. Fine-grained: contents and pull requests read, webhooks and commit statuses read "
                + "and write, for the repositories to build.",
        },
        new(AppId, "Client ID of the App", FieldKind.Text)
        {
            Required = true,
            WithCredential = true,
            ShownWhen = (Way, [ByApp]),
            Placeholder = "Iv23li...",
            Help =
                "On the App's settings page; the App ID will do too. It needs these repository permissions: contents "
                + "and pull requests read, webhooks and commit statuses read and write.",
        },
        new(PrivateKey, "Private key", FieldKind.SecretLines)
        {
            Required = true,
            ShownWhen = (Way, [ByApp]),
            Placeholder = "-----BEGIN RSA PRIVATE KEY-----",
            Help = "Generate one on the App's settings page and paste the whole .pem file.",
        },
        new(Installation, "Installation ID", FieldKind.Text)
        {
            Required = true,
            WithCredential = true,
            ShownWhen = (Way, [ByApp]),
            Placeholder = "12345678",
            Help = "The number at the end of the address of the page that configures the installed App.",
        },
        SiteForm.Authorities,
    ];

    public static Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input)
    {
        var form = new FormReader(input);
        form.Keep(Url, form.Take(GitHubSite.Parse(form.Text(Url)).Map(site => site.Web)));
        var byKey = form.Has(PrivateKey) && !form.Has(Token);
        var way = form.Choice(Way, byKey ? ByApp : ByToken, [ByToken, ByApp, Target.Granted]);
        form.Keep(Way, way);
        if (way == ByApp)
            ReadApp(form);
        else if (!form.Has(Token))
            form.Refuse(GitHubFailures.TokenMissing);
        if (form.Text(Target.CaSetting) is { } pem)
            form.Keep(Target.CaSetting, form.Take(Certificates.Normalise(pem)));
        return form.Result();
    }

    /// <summary>The fields that stand with a credential, without a connection around them.</summary>
    public static Outcome<PreparedCredential> Prepare(
        IReadOnlyDictionary<string, string> settings,
        IReadOnlyDictionary<string, Secret> secrets
    )
    {
        var form = new FormReader(new FormInput(settings, secrets.Keys.ToHashSet()));
        var isApp = form.Text(Way) is { } typed ? typed == ByApp : form.Has(PrivateKey) && !form.Has(Token);
        var way = isApp ? ByApp : ByToken;
        form.Keep(Way, way);
        if (way != ByApp)
            return form.Result().Map(shown => new PreparedCredential(secrets, shown));
        ReadApp(form);
        if (secrets.TryGetValue(PrivateKey, out var pem) && !GitHubAppKey.IsKey(pem))
            form.Refuse(GitHubFailures.NotAKey);
        return form.Result().Map(shown => new PreparedCredential(secrets, shown));
    }

    private static void ReadApp(FormReader form)
    {
        if (form.Text(AppId) is not { } id)
            form.Refuse(GitHubFailures.AppIdMissing);
        else if (id.Length <= 64 && id.All(char.IsAsciiLetterOrDigit))
            form.Keep(AppId, id);
        else
            form.Refuse(GitHubFailures.AppIdMalformed);
        // People paste the page's address; the number is its end.
        var installation = form.Text(Installation)?.TrimEnd('/').Split('/')[^1];
        if (installation is { Length: <= 18 } && installation.All(char.IsAsciiDigit))
            form.Keep(Installation, installation);
        else
            form.Refuse(GitHubFailures.InstallationMalformed);
        if (!form.Has(PrivateKey))
            form.Refuse(GitHubFailures.KeyMissing);
    }
}
