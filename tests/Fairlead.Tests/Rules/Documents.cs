using System.Text.RegularExpressions;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Rules;

/// <summary>What the documents name is there.</summary>
public sealed partial class Documents
{
    [Fact]
    public async Task Name_only_paths_that_exist()
    {
        var documents = (await SourceFile.All()).Where(file => file.Path.EndsWith(".md")).ToList();
        Assert.Contains(documents, file => file.Path == "README.md");
        Assert.Contains(documents, file => file.Path == "ARCHITECTURE.md");
        Violations.None(documents.SelectMany(Gone), "These documents name what is not there:");
    }

    [Fact]
    public void Control_a_path_that_is_gone_is_seen()
    {
        Assert.Single(Gone(new("README.md", "see `src/Fairlead.Nowhere/A.cs`.")));
        Assert.Single(Gone(new("README.md", "see [the plan](PLAN.md).")));
        Assert.Empty(Gone(new("README.md", "see `src/Fairlead.Core`, [how](ARCHITECTURE.md#words) and `./dev`.")));
    }

    [Fact]
    public async Task The_readme_begins_with_its_two_commands()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "README.md"));
        var block = readme.Split("```")[1].Split('\n').Where(line => line.StartsWith("./dev")).ToArray();
        Assert.Equal(2, block.Length);
        Assert.StartsWith("./dev demo", block[0]);
        Assert.StartsWith("./dev test", block[1]);
    }

    private static IEnumerable<string> Gone(SourceFile document)
    {
        var here = Path.GetDirectoryName(document.Path)!;
        var named = OurPath().Matches(document.Text).Select(match => match.Value.TrimEnd('.', '/'));
        var linked = Link()
            .Matches(document.Text)
            .Select(match => match.Groups["to"].Value.Split('#')[0])
            .Where(to => to.Length > 0 && !to.Contains(':'))
            .Select(to => Path.Combine(here, to));
        return named
            .Concat(linked)
            .Distinct()
            .Where(path => !Path.Exists(Path.Combine(RepositoryRoot.Path, path)))
            .Select(path => $"{document.Path}: {path}");
    }

    [GeneratedRegex(@"(?<![\w/.~-])(src|tests|docs|build|bench|deploy|\.ci)/[\w./-]+(?![\w*<{])")]
    private static partial Regex OurPath();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();
}
