using Fairlead.Contracts;

namespace Fairlead.Cli.Commands;

/// <summary>An image as people type it: <c>namespace/name</c>.</summary>
internal sealed record ImageName(string Namespace, string Name)
{
    /// <summary>The same, safe in an address.</summary>
    public string Path => $"{Uri.EscapeDataString(Namespace)}/{Uri.EscapeDataString(Name)}";

    /// <exception cref="FairleadException">It is not of that form.</exception>
    public static ImageName Of(string text) =>
        text.Split('/') is [{ Length: > 0 } space, { Length: > 0 } name]
            ? new ImageName(space, name)
            : throw new FairleadException(
                new Problem("client.image-name", $"'{text}' is not an image's name.", 400)
                {
                    Field = "image",
                    Remedy = "Write it as namespace/name.",
                }
            );
}
