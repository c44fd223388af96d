using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;
using Fairlead.Providers.Http;

namespace Fairlead.Providers.PlainGit;

/// <summary>The form of a Git server, and the rules of its fields.</summary>
internal static class PlainGitForm
{
    public const string Url = "url";
    public const string Layout = "layout";
    public const string One = "one";
    public const string Many = "many";
    public const string Probe = "probe";
    public const string Auth = "auth";
    public const string Anonymous = "none";
    public const string ByPassword = "password";
    public const string ByKey = "key";
    public const string Username = "username";
    public const string Password = "password";
    public const string SshKey = "sshKey";
    public const string PublicKey = "publicKey";
    public const string HostKeys = "hostKeys";

    public static readonly IReadOnlyList<FormField> Fields =
    [
        new(Url, "Address", FieldKind.Url)
        {
            Required = true,
            Placeholder = "https://git.example.com/team/app.git",
            Help = "What you would give to git clone, without user name or password.",
        },
        new(Layout, "This address is", FieldKind.Choice)
        {
            Choices = [(One, "one repository"), (Many, "a place with many repositories below it")],
        },
        new(Probe, "A repository to verify with", FieldKind.Text)
        {
            Required = true,
            Placeholder = "team/app.git",
            ShownWhen = (Layout, [Many]),
            Help = "Plain Git cannot list repositories, so the login is tried on this one.",
        },
        new(Auth, "Sign in with", FieldKind.Choice)
        {
            Choices =
            [
                (ByPassword, "user name and password or token (https)"),
                (ByKey, "SSH key"),
                (Anonymous, "nothing: it is public"),
            ],
        },
        new(Username, "User name", FieldKind.Text)
        {
            WithCredential = true,
            ShownWhen = (Auth, [ByPassword]),
            Help = "With an access token, hosts differ; where you do not know it, leave it empty.",
        },
        new(Password, "Password or access token", FieldKind.Secret)
        {
            Required = true,
            ShownWhen = (Auth, [ByPassword]),
        },
        new(SshKey, "Private key", FieldKind.SecretLines)
        {
            ShownWhen = (Auth, [ByKey]),
            Help = "Leave empty and a key is made here; you then add its public half at the host.",
        },
        new(HostKeys, "Host keys", FieldKind.Lines)
        {
            ShownWhen = (Auth, [ByKey]),
            Help = "Leave empty: the first verification shows the fingerprints for you to confirm.",
        },
        new(Target.CaSetting, "Certificate authorities", FieldKind.Lines)
        {
            ShownWhen = (Auth, [ByPassword, Anonymous]),
            Placeholder = "-----BEGIN CERTIFICATE-----",
            Help = "Only for a host whose certificate this machine does not trust by itself.",
        },
    ];

    public static Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input)
    {
        var form = new FormReader(input);
        var url = form.Take(GitUrl.Parse(form.Text(Url)));
        var layout = form.Choice(Layout, One, [One, Many]);
        var auth = form.Choice(Auth, url?.IsSsh == true ? ByKey : ByPassword, [Anonymous, ByPassword, ByKey]);
        if (url is not null)
            ReadAddress(form, url, layout, auth);
        if (auth == ByPassword)
            ReadLogin(form);
        form.Keep(Layout, layout);
        form.Keep(Auth, auth);
        return form.Result();
    }

    private static void ReadAddress(FormReader form, GitUrl url, string layout, string auth)
    {
        form.Keep(Url, (url.IsSsh && url.User is null ? url with { User = "git" } : url).ToString());
        if (layout == One && url.Path.Length == 0)
            form.Refuse(PlainGitFailures.NoPath);
        if (layout == Many)
            form.Keep(Probe, form.Take(url.Below(form.Text(Probe) ?? ""), Probe) is null ? null : form.Text(Probe));
        if (url.IsSsh != (auth == ByKey))
            form.Refuse(url.IsSsh ? PlainGitFailures.SshNeedsKey : PlainGitFailures.KeyNeedsSsh);
        if (url.IsSsh && form.Text(HostKeys) is { } keys)
            form.Keep(HostKeys, form.Take(HostKeyLines(url, keys)));
        if (!url.IsSsh && form.Text(Target.CaSetting) is { } pem)
            form.Keep(Target.CaSetting, form.Take(Certificates.Normalise(pem)));
    }

    private static void ReadLogin(FormReader form)
    {
        var user = form.Text(Username) ?? "git";
        if (user.Any(char.IsControl) || user.Contains(':'))
            form.Refuse(PlainGitFailures.Username);
        form.Keep(Username, user);
        if (!form.Has(Password))
            form.Refuse(PlainGitFailures.PasswordMissing);
    }

    private static Outcome<string> HostKeyLines(GitUrl url, string text) =>
        Programs.Git.HostKeys.Normalise(url, text) is { Count: > 0 } lines
            ? string.Join('\n', lines)
            : PlainGitFailures.HostKeys;
}
