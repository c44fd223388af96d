using System.Text.RegularExpressions;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Rules;

public sealed partial class ConsoleIcons
{
    [Fact]
    public async Task Every_icon_a_page_or_a_provider_names_is_in_the_sprite()
    {
        var known = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "src/Fairlead.Server/Web/assets/icons.txt"));
        var used =
            from file in await RepositoryRoot.Files()
            where
                file.EndsWith(".razor", StringComparison.Ordinal)
                || file.StartsWith("src/Fairlead.Providers/", StringComparison.Ordinal)
            from Match named in Named().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, file)))
            select (file, Icon: named.Groups[1].Value);
        Assert.DoesNotContain(used, one => !known.Contains(one.Icon));
    }

    [GeneratedRegex(
        """(?:<Icon[ ]Name=|\bIcon=|\bIcon[ ]=>[ ])"([a-z0-9-]+)" """,
        RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Named();
}
