using Fairlead.Core.Outcomes;
using Fairlead.Server.Connections;

namespace Fairlead.Server.Credentials;

internal static class CredentialFailures
{
    public static Failure Unknown(string slug) =>
        new("credential.unknown", $"You have no credential {(slug.Length <= 60 ? slug : slug[..60] + "…")}.", 404)
        {
            Remedy = "Check the ID; credentials of other people cannot be used.",
        };

    public static readonly Failure OtherKind = new(
        "credential.other-kind",
        "The credential is for another kind of connection.",
        422
    )
    {
        Field = "credential",
        Remedy = "Choose one of the same kind, or enter the secret here.",
    };

    public static Failure SlugTaken(string slug) =>
        new("credential.id-taken", $"There already is a credential with the ID {slug}.", 409)
        {
            Field = "id",
            Remedy = "Choose another ID.",
        };

    public static readonly Failure Empty = new("credential.empty", "A credential holds at least one secret.", 422)
    {
        Field = "secrets",
        Remedy = "Enter the password, token or key.",
    };

    public static readonly Failure OfApp = new(
        "credential.of-app",
        "The key is that of an App, and one for all connections by it.",
        409
    )
    {
        Field = "secrets",
        Remedy = "An administrator replaces it on the App's page, or by `fairlead app replace-key`.",
        Retry = Retry.NeedsPerson,
    };

    public static Failure InUse(string slug, IReadOnlyList<string> connections) =>
        new(
            "credential.in-use",
            $"{slug} is used by {ConnectionFailures.Names(connections)}, so it was not deleted.",
            409
        )
        {
            Remedy = "Give these connections another credential first, or force it.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure RefusedBy(string connection, string sentence) =>
        new("credential.refused", $"{connection} does not work with the new values: {sentence}", 422)
        {
            Field = "secrets",
            Remedy = "Nothing was replaced. Check the values, or force it.",
            Retry = Retry.NeedsPerson,
        };

    public static readonly Failure Changed = new(
        "credential.changed",
        "Somebody else replaced the credential at the same moment.",
        409
    )
    {
        Remedy = "Look at it again and repeat your change.",
    };
}
