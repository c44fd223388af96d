using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Events;

internal static class EventFailures
{
    public static readonly Failure HookUnknown = new("hook.unknown", "No hook has this address.", 404)
    {
        Remedy = "Copy the hook's address from the source's page again.",
    };

    /// <summary>Says the same for a missing, malformed and wrong signature.</summary>
    public static readonly Failure Unsigned = new(
        "hook.signature",
        "The delivery's signature is missing or does not fit its body.",
        401
    )
    {
        Remedy =
            "Give the host the hook's secret. A sender of your own signs the raw body with HMAC-SHA256 and it: "
            + "X-Hub-Signature-256: sha256=<64 hex digits>.",
    };

    /// <summary>No failure to the sender: the host only tried whether anybody is there.</summary>
    public static readonly Failure OnlyAKnock = new("hook.knock", "The host only tried the address.", 204);

    public static readonly Failure TooManyRefused = new(
        "hook.too-many-refused",
        "Too many hooks from this address had a wrong signature or a wrong address.",
        429
    )
    {
        Remedy = "Correct the hook's address and secret at the code host; then wait a few seconds.",
        Retry = Retry.Later,
    };

    public static Failure TooLarge(long limit) =>
        new("hook.too-large", $"The body is larger than {limit / 1024} KiB.", 413)
        {
            Field = "body",
            Remedy = "Send only ref, before and after, or have an administrator raise hook-body-limit.",
        };

    public static readonly Failure TooSlow = new("hook.too-slow", "The body did not arrive within 10 seconds.", 408)
    {
        Retry = Retry.Later,
    };

    public static readonly Failure NotStored = new(
        "hook.not-stored",
        "The delivery could not be written to disk, so it was not accepted.",
        503
    )
    {
        Remedy = "Send it again in a few seconds.",
        Retry = Retry.Later,
    };

    public static Failure AnotherRepository(string name) =>
        new("source.another-repository", $"{name} is another repository by now than the one that was bound.", 409)
        {
            Field = "repository",
            Remedy = "See where the code went, and bind the image to it.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure SourceUnknown(long id) => new("source.unknown", $"There is no source {id}.", 404);

    public static Failure DeliveryUnknown(long id) => new("delivery.unknown", $"There is no delivery {id}.", 404);

    public static Failure EventUnknown(long id) => new("event.unknown", $"There is no event {id}.", 404);
}
