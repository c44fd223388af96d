using System.Security.Cryptography;
using System.Text;

namespace Fairlead.Core.Builds;

/// <summary>
/// One digest over everything that decides an image: the context tree, the Dockerfile, the digests of its bases, the
/// arguments, the platforms and which directory and file were used. Same key, same image.
/// </summary>
public static class InputKey
{
    /// <param name="tree">Git's object id of the context tree.</param>
    /// <param name="dockerfile">Git's object id of the Dockerfile.</param>
    /// <param name="bases">Digests the base references resolved to, in their order.</param>
    /// <returns>64 hex digits.</returns>
    public static string Of(string tree, string dockerfile, IReadOnlyList<string> bases, BuildPlan plan)
    {
        var text = new StringBuilder("fairlead-inputs 1\n");
        Add(text, "tree", tree);
        Add(text, "dockerfile", dockerfile);
        Add(text, "directory", plan.Directory);
        Add(text, "file", plan.Dockerfile);
        foreach (var digest in bases)
            Add(text, "base", digest);
        foreach (var (name, value) in plan.Arguments.OrderBy(one => one.Key, StringComparer.Ordinal))
            Add(text, $"argument {name}", value);
        foreach (var platform in plan.Platforms.Order(StringComparer.Ordinal))
            Add(text, "platform", platform);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>With its length, so that no value can run into the next.</summary>
    private static void Add(StringBuilder text, string name, string value) =>
        text.Append(name).Append(' ').Append(value.Length).Append(' ').Append(value).Append('\n');
}
