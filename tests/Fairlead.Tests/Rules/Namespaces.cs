using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fairlead.Tests.Rules;

/// <summary>A file is found by its namespace: project and folders, file-scoped.</summary>
public sealed class Namespaces
{
    [Fact]
    public async Task Follow_the_folders()
    {
        var sources = (await SourceFile.Sources()).Where(file => file.Path.EndsWith(".cs"));
        Violations.None(sources.SelectMany(Astray), "The namespace is the folder's path:");
    }

    [Fact]
    public void Control_a_stray_namespace_is_seen()
    {
        Assert.Single(Astray(new("src/Fairlead.Core/Secrets/A.cs", "namespace Fairlead.Core; class A;")));
        Assert.Single(Astray(new("src/Fairlead.Core/A.cs", "namespace Fairlead.Core { class A; }")));
        Assert.Empty(Astray(new("src/Fairlead.Core/Secrets/A.cs", "namespace Fairlead.Core.Secrets; class A;")));
        Assert.Empty(Astray(new("src/Fairlead.Cli/Program.cs", "return 0;")));
    }

    private static IEnumerable<string> Astray(SourceFile file)
    {
        var expected = Path.GetDirectoryName(file.Path)!.Replace('/', '.');
        expected = expected[(expected.IndexOf('.') + 1)..];
        return file.Syntax()
            .DescendantNodes()
            .OfType<BaseNamespaceDeclarationSyntax>()
            .Where(found => found is not FileScopedNamespaceDeclarationSyntax || found.Name.ToString() != expected)
            .Select(found => $"{file.Path}: {found.Name}");
    }
}
