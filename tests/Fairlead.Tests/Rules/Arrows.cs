using System.Xml.Linq;

namespace Fairlead.Tests.Rules;

/// <summary>Which project may use which.</summary>
public sealed class Arrows
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Fairlead.Contracts"] = [],
        ["Fairlead.Core"] = [],
        ["Fairlead.Programs"] = ["Fairlead.Core"],
        ["Fairlead.Providers"] = ["Fairlead.Core", "Fairlead.Programs"],
        ["Fairlead.Runner"] = ["Fairlead.Contracts", "Fairlead.Core", "Fairlead.Programs"],
        ["Fairlead.Server"] = ["Fairlead.Contracts", "Fairlead.Core", "Fairlead.Programs", "Fairlead.Providers"],
        ["Fairlead.Cli"] = ["Fairlead.Contracts"],
        ["Fairlead.Emulators"] = [],
    };

    [Fact]
    public async Task Projects_use_only_what_the_architecture_allows()
    {
        var projects = (await SourceFile.All()).Where(file => file.Path.EndsWith(".csproj"));
        Violations.None(projects.SelectMany(Forbidden), "An arrow points the wrong way (ARCHITECTURE.md, projects):");
    }

    [Theory]
    [InlineData("src/Fairlead.Core/Fairlead.Core.csproj", "../Fairlead.Server/Fairlead.Server.csproj")]
    [InlineData("src/Fairlead.Cli/Fairlead.Cli.csproj", "../Fairlead.Core/Fairlead.Core.csproj")]
    [InlineData("tests/Fairlead.Emulators/Fairlead.Emulators.csproj", "../../src/Fairlead.Core/Fairlead.Core.csproj")]
    [InlineData("src/Fairlead.New/Fairlead.New.csproj", "../Fairlead.Core/Fairlead.Core.csproj")]
    public void Control_a_wrong_arrow_is_seen(string project, string reference) =>
        Assert.Single(Forbidden(new(project, $"<P><I><ProjectReference Include=\"{reference}\"/></I></P>")));

    private static IEnumerable<string> Forbidden(SourceFile project)
    {
        var name = Path.GetFileNameWithoutExtension(project.Path);
        if (name == "Fairlead.Tests" || project.Path.StartsWith("bench/"))
            return [];
        var uses = XDocument
            .Parse(project.Text)
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
        return uses.Except(Allowed.GetValueOrDefault(name, [])).Select(used => $"{name} → {used}");
    }
}
