using Fairlead.Core.Outcomes;

namespace Fairlead.Core.Events;

/// <summary>Why the body of a hook could not be read. Nothing of such a body is stored.</summary>
public static class HookFailures
{
    private const string Shape =
        "Send application/json: {\"ref\": \"refs/heads/main\", \"before\": \"<commit>\", \"after\": \"<commit>\"}, "
        + "or an empty body to have the repository looked at.";

    public static readonly Failure NotJson = new(
        "hook.not-json",
        "The signature is right, but the body is not JSON of at most 64 levels."
    )
    {
        Field = "body",
        Remedy = Shape,
    };

    public static readonly Failure NotAnObject = new(
        "hook.not-an-object",
        "The signature is right, but the body is not a JSON object."
    )
    {
        Field = "body",
        Remedy = Shape,
    };

    public static Failure NotText(string name) =>
        new("hook.not-text", $"'{name}' in the body is not text.") { Field = name, Remedy = Shape };

    public static Failure Twice(string name) =>
        new("hook.named-twice", $"The body says '{name}' twice, so what it means is not certain.")
        {
            Field = name,
            Remedy = Shape,
        };
}
