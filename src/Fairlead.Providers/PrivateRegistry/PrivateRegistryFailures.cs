using Fairlead.Core.Outcomes;

namespace Fairlead.Providers.PrivateRegistry;

internal static class PrivateRegistryFailures
{
    public static Failure RealmUnconfirmed(string registry, string realm) =>
        new(
            "oci.realm-unconfirmed",
            $"{registry} sends us to {realm} for tokens; the password would be shown to that host.",
            422
        )
        {
            Field = PrivateRegistryForm.Realm,
            Remedy = "Confirm the token service if it belongs to the registry.",
        };

    public static Failure RealmMoved(string registry) =>
        new(
            "oci.realm-moved",
            $"{registry} now asks for the login in another way or at another token service than was confirmed.",
            422
        )
        {
            Field = PrivateRegistryForm.Realm,
            Remedy = "Ask its administrator whether it moved; only then confirm the new one.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure RealmUnusable(string registry) =>
        new("oci.realm-unusable", $"{registry} names no usable address of a token service.", 422)
        {
            Field = PrivateRegistryForm.Url,
            Remedy = "Check the address; its administrator has to set the realm.",
        };

    public static Failure NoToken(string realm) =>
        new("oci.no-token", $"{realm} answered without a token.", 502)
        {
            Remedy = "Its administrator has to look at the token service.",
            Retry = Retry.Later,
        };

    public static readonly Failure UrlMissing = Url(
        "oci.url-missing",
        "The registry's address is missing.",
        "Enter the host that docker login takes, such as registry.example.com."
    );

    public static readonly Failure UrlUnreadable = Url(
        "oci.url-unreadable",
        "This is no address of a registry.",
        "Enter a host with or without a port, such as registry.example.com:5000."
    );

    public static readonly Failure UrlCredentials = Url(
        "oci.url-credentials",
        "The address has a user name or password in it, where logs would show it.",
        "Remove everything between // and @, and enter user name and password in their own fields."
    );

    public static readonly Failure UrlPath = Url(
        "oci.url-path",
        "A registry's address is a host and a port, without a path.",
        "Enter the host only; the path belongs to the image."
    );

    public static readonly Failure PasswordMissing = new(
        "oci.password-missing",
        "A user name needs a password or access token.",
        422
    )
    {
        Field = PrivateRegistryForm.Password,
        Remedy = "Enter it, or leave the user name empty too.",
    };

    public static readonly Failure UsernameMissing = new("oci.username-missing", "A password needs a user name.", 422)
    {
        Field = PrivateRegistryForm.Username,
        Remedy = "Enter the one that docker login takes.",
    };

    public static readonly Failure Username = new(
        "oci.username",
        "The user name has a colon or a control character in it.",
        422
    )
    {
        Field = PrivateRegistryForm.Username,
        Remedy = "Enter the plain user name; the password has its own field.",
    };

    private static Failure Url(string code, string sentence, string remedy) =>
        new(code, sentence, 422) { Field = PrivateRegistryForm.Url, Remedy = remedy };
}
