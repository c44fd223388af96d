using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Images;

internal static class ImageFailures
{
    public static Failure NamespaceUnknown(string name) =>
        new("namespace.unknown", $"There is no namespace {name}.", 404)
        {
            Field = "namespace",
            Remedy = "Make it first: `fairlead namespace add`.",
        };

    public static Failure NamespaceTaken(string name) =>
        new("namespace.taken", $"There is a namespace {name} already.", 409) { Field = "name" };

    public static Failure NamespaceInUse(string name, int images) =>
        new(
            "namespace.in-use",
            $"The namespace {name} has {Count(images, "image repository", "image repositories")}.",
            409
        )
        {
            Remedy = "Delete them first, or force it: then they go with all their tags and builds.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure Unknown(string space, string name) =>
        new("image.unknown", $"There is no image repository {space}/{name}.", 404);

    public static Failure Taken(string space, string name) =>
        new("image.taken", $"There is an image repository {space}/{name} already.", 409) { Field = "name" };

    public static Failure InUse(string name, int tags, int active) =>
        new("image.in-use", $"The image repository {name} has {Contents(tags, active)}.", 409)
        {
            Remedy = "Force it: then it goes with its rules, its builds and their logs.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure RuleUnknown(string image, long rule) =>
        new("rule.unknown", $"The image repository {image} has no rule {rule}.", 404) { Field = "rule" };

    public static Failure RuleType(string text, string field) =>
        new("rule.type", $"'{text}' is no type of a rule.", 422)
        {
            Field = field,
            Remedy = "Use branch, tag or request.",
        };

    public static Failure NoRequests(string host, string field) =>
        new("rule.no-requests", $"{host} does not tell which pull requests are open, so none can be built.", 422)
        {
            Field = field,
            Remedy = "Bind the image through a connection of the code host's own kind.",
        };

    public static Failure TooManyRules(int limit) =>
        new("rule.too-many", $"An image repository has at most {limit} rules.", 422) { Field = "rules" };

    public static Failure RulesNeedSource() =>
        new("image.rules-need-source", "An image repository with rules needs a connection to a code host.", 422)
        {
            Field = "connection",
            Remedy = "Bind it to a repository, or delete the rules.",
        };

    public static Failure OutboundNeedsSource() =>
        new("image.outbound-needs-source", "Only an image bound to a code host can do without a hook.", 422)
        {
            Field = "outboundOnly",
            Remedy = "Bind it to a repository, or leave this off.",
        };

    public static Failure SummaryTooLong() =>
        new("image.summary-too-long", "The summary is longer than 500 characters.", 422) { Field = "summary" };

    public static Failure TargetRepositoryName(string text) =>
        new("image.target-repository", $"'{text}' cannot be the name of an image repository.", 422)
        {
            Field = "targetRepository",
            Remedy = "Use lower-case letters and digits with single separators, parts joined by slashes.",
        };

    public static Failure TargetWithoutConnection() =>
        new("image.target-without-connection", "A repository name at a target needs a registry connection.", 422)
        {
            Field = "targetConnection",
            Remedy = "Name the connection, or leave both away to use the managed registry.",
        };

    public static Failure NoManagedRegistry() =>
        new("image.no-managed-registry", "This server runs no registry of its own.", 422)
        {
            Field = "targetConnection",
            Remedy = "Name a registry connection to push to.",
        };

    public static Failure ConnectionUnknown(string slug, string field) =>
        new("image.connection-unknown", $"There is no connection {slug} that you may use.", 422)
        {
            Field = field,
            Remedy = "See `fairlead connection list`, or ask its owner to share it.",
        };

    public static Failure ConnectionKind(string slug, string needed, string field) =>
        new("image.connection-kind", $"The connection {slug} is not one to {needed}.", 422)
        {
            Field = field,
            Remedy = $"Choose a connection to {needed}.",
        };

    private static string Contents(int tags, int active) =>
        (tags, active) switch
        {
            (_, 0) => Count(tags, "tag", "tags"),
            (0, _) => Count(active, "active build", "active builds"),
            _ => $"{Count(tags, "tag", "tags")} and {Count(active, "active build", "active builds")}",
        };

    private static string Count(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";
}
