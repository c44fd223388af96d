using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Connections;

/// <summary>What can be wrong with connections, apart from what their kinds say.</summary>
internal static class ConnectionFailures
{
    public static Failure Unknown(string slug) =>
        new("connection.unknown", $"There is no connection {Short(slug)} that you may see.", 404)
        {
            Remedy = "Check the ID, or ask its owner to share it with you.",
        };

    /// <summary>It was there when somebody was bound to it, and is not any more.</summary>
    public static readonly Failure Gone = new("connection.gone", "The connection no longer exists.", 409)
    {
        Remedy = "Choose another connection.",
        Retry = Retry.NeedsPerson,
    };

    public static readonly Failure NotYours = new(
        "connection.not-yours",
        "Only its owner and administrators may change this connection.",
        403
    )
    {
        Remedy = "Ask its owner, or make one of your own.",
        Retry = Retry.NeedsPerson,
    };

    public static readonly Failure OnlyHandOver = new(
        "connection.private",
        "This connection is private: an administrator may hand it over or delete it, and nothing else.",
        403
    )
    {
        Remedy = "Hand it over to somebody first.",
        Retry = Retry.NeedsPerson,
    };

    public static Failure KindUnknown(string kind) =>
        new("connection.kind-unknown", $"There is no kind of connection named {Short(kind)}.", 422)
        {
            Field = "kind",
            Remedy = "See `fairlead connection kinds`.",
        };

    public static readonly Failure NameMissing = new("connection.name", "A name has 1 to 100 characters.", 422)
    {
        Field = "name",
    };

    public static readonly Failure SlugMalformed = new(
        "connection.id-malformed",
        "An ID is 2 to 60 small letters, digits and single dashes, and begins with a letter.",
        422
    )
    {
        Field = "id",
    };

    public static Failure SlugTaken(string slug) =>
        new("connection.id-taken", $"There already is a connection with the ID {slug}.", 409)
        {
            Field = "id",
            Remedy = "Choose another ID.",
        };

    public static readonly Failure ScopeUnknown = new("connection.scope", "There is no such scope of use.", 422)
    {
        Field = "scope",
        Remedy = "Scopes are private, public and custom.",
    };

    public static readonly Failure SharingNeedsMaintainer = new(
        "connection.sharing",
        "Only maintainers and administrators share connections.",
        403
    )
    {
        Field = "scope",
        Remedy = "Keep it private, or ask an administrator for the role.",
        Retry = Retry.NeedsPerson,
    };

    public static readonly Failure GrantsMissing = new(
        "connection.grants-missing",
        "A custom scope names at least one person or group.",
        422
    )
    {
        Field = "people",
    };

    public static Failure NoSuch(string what, string name, string field) =>
        new($"connection.{what}-unknown", $"There is no {what} named {Short(name)}.", 422) { Field = field };

    public static Failure FieldUnknown(string field) =>
        new("connection.field-unknown", $"This kind of connection has no field {Short(field)}.", 422)
        {
            Field = Short(field),
            Remedy = "Check its spelling: see `fairlead connection kinds`.",
        };

    public static Failure FieldTooLong(string field) =>
        new("connection.field-too-long", $"The value of {field} is longer than 64 KiB.", 422) { Field = field };

    public static Failure SecretCharacters(string field) =>
        new("connection.secret-characters", "It has a line break or control character in it.", 422)
        {
            Field = field,
            Remedy = "Copy it again without what stands around it.",
        };

    /// <summary>Otherwise an administrator could send somebody's password to a host of their choice.</summary>
    public static readonly Failure CredentialNotYours = new(
        "connection.credential-not-yours",
        "The connection's credential is somebody else's, so it may not be sent to another place.",
        403
    )
    {
        Field = "settings",
        Remedy = "Give a credential of your own together with the new settings.",
        Retry = Retry.NeedsPerson,
    };

    public static Failure InUse(string slug, string done, IReadOnlyList<string> users) =>
        new("connection.in-use", $"{slug} is used by {Names(users)}, so it was not {done}.", 409)
        {
            Remedy = "Point them elsewhere first, or force it.",
            Retry = Retry.NeedsPerson,
        };

    public static readonly Failure Changed = new(
        "connection.changed",
        "Somebody else changed the connection at the same moment.",
        409
    )
    {
        Remedy = "Look at it again and repeat your change.",
    };

    public static readonly Failure ProposalGone = new(
        "connection.proposal-gone",
        "What you confirm is not what the last verification proposed.",
        409
    )
    {
        Remedy = "Verify again and compare the fingerprint anew.",
    };

    public static readonly Failure TooSlow = new(
        "connection.verify-too-slow",
        "The other side did not answer within ten seconds.",
        504
    )
    {
        Remedy = "Check that the service runs; it is tried again by itself.",
        Retry = Retry.Later,
    };

    public static readonly Failure NoRefs = new(
        "connection.no-refs",
        "Connections of this kind have no branches and tags to list.",
        422
    )
    {
        Retry = Retry.NeedsPerson,
    };

    /// <summary>Three names, then a number.</summary>
    internal static string Names(IReadOnlyList<string> users) =>
        users.Count <= 3
            ? string.Join(" and ", users)
            : $"{string.Join(", ", users.Take(3))} and {users.Count - 3} more";

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
