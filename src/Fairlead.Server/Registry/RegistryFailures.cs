using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Registry;

internal static class RegistryFailures
{
    public static Failure PortTaken(string address) =>
        new("registry.port-taken", $"The registry cannot listen on {address}: something else does already.", 503)
        {
            Field = "registry-listen",
            Remedy = "Stop that program, or give another address with --registry-listen.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure DidNotStart(string logFile) =>
        new("registry.did-not-start", "The registry ended as soon as it was started.", 503)
        {
            Remedy = $"Its last words are in {logFile}.",
            Retry = Retry.Later,
        };

    public static readonly Failure LoginRefused = new("registry.login-refused", "User name or token is wrong.", 401)
    {
        Remedy = "Log in with your name and an API token (`fairlead token create`) as the password.",
        Retry = Retry.NeedsPerson,
    };

    public static Failure WrongService(string asked) =>
        new("registry.wrong-service", $"This token service is not that of the registry '{asked}'.", 400)
        {
            Field = "service",
        };

    public static readonly Failure NotTheRegistry = new(
        "registry.events-refused",
        "Only this instance's own registry may report events here.",
        401
    );

    public static readonly Failure NoneHere = new(
        "registry.none-here",
        "This instance was started without a registry of its own.",
        422
    )
    {
        Field = "targetConnection",
        Remedy = "Name a registry connection as target, or start the server with --registry-listen.",
        Retry = Retry.NeedsPerson,
    };

    public static Failure KeepsNoImages(string connection) =>
        new("registry.keeps-no-images", $"The connection {connection} is not one to a registry.", 422)
        {
            Field = "targetConnection",
            Remedy = "Choose a connection of a kind that keeps images.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure UnknownTag(string image, string tag) =>
        new("registry.tag-unknown", $"{image} has no tag '{tag}'.", 404) { Field = "tag" };

    /// <param name="why">Of the registry, or of what is in the way to it.</param>
    /// <param name="gone">How many it had deleted before.</param>
    public static Failure CannotDelete(Failure why, int gone) =>
        new("registry.cannot-delete", $"The images in the registry could not be deleted: {why.Sentence}", 503)
        {
            Remedy =
                (gone == 0 ? "Nothing was deleted." : $"Deleted were {gone} of them; everything else is still there.")
                + " See whether the registry runs (`fairlead doctor`), then try again.",
            Retry = Retry.Later,
        };
}
