using System.Text.RegularExpressions;

namespace Fairlead.Providers.Oci;

/// <summary>Tags and digests by the distribution specification; nothing else gets into a registry's path.</summary>
public static partial class OciNames
{
    public static bool IsTag(string text) => Tag().IsMatch(text);

    public static bool IsDigest(string text) => Digest().IsMatch(text);

    [GeneratedRegex(@"\A[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Digest();
}
