namespace Fairlead.Core.Rules;

/// <summary>Platforms images are built for, as <c>os/architecture[/variant]</c>.</summary>
public static class PlatformName
{
    public static readonly IReadOnlyList<string> Known =
    [
        "linux/amd64",
        "linux/arm64",
        "linux/386",
        "linux/arm/v7",
        "linux/arm/v6",
        "linux/ppc64le",
        "linux/riscv64",
        "linux/s390x",
    ];

    public static bool IsKnown(string text) => Known.Contains(text);
}
