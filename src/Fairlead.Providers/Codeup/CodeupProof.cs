using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Codeup;

/// <summary>
/// The secret itself in a header, which proves the sender and not the body. Headers are documented by one name and
/// come by another (facts/alibaba.md D4).
/// </summary>
internal static class CodeupProof
{
    public static bool IsCarried(HeaderOf header) => Told(header, "Token") is { Length: > 0 };

    public static bool Fits(HeaderOf header, IReadOnlyList<Secret> secrets) =>
        PlainToken.Fits(Told(header, "Token"), secrets);

    public static string? Told(HeaderOf header, string name) => header($"X-Codeup-{name}") ?? header($"Codeup-{name}");
}
