using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fairlead.Tests.Rules;

/// <summary>Small files, small methods, lines that fit.</summary>
public sealed class Budgets
{
    private const int File = 400;
    private const int Method = 60;
    private const int Line = 120;

    /// <summary>In markup a line break is a space on the page, so inline elements may have to stay together.</summary>
    private const int MarkupLine = 200;

    [Fact]
    public async Task No_file_is_too_long() =>
        Violations.None((await SourceFile.Sources()).SelectMany(LongFile), $"Split files of more than {File} lines:");

    [Fact]
    public async Task Most_files_are_short()
    {
        var sizes = (await SourceFile.Sources()).Select(file => file.Lines.Length).Order().ToList();
        Assert.InRange(sizes[sizes.Count / 2], 1, 60);
        Assert.InRange(sizes[sizes.Count * 9 / 10], 1, 180);
    }

    [Fact]
    public async Task No_line_is_too_long() =>
        Violations.None(
            (await SourceFile.Sources()).SelectMany(LongLines),
            $"Break lines of more than {Line} characters:"
        );

    [Fact]
    public async Task No_method_is_too_long() =>
        Violations.None(
            (await SourceFile.Sources()).Where(file => file.Path.EndsWith(".cs")).SelectMany(LongMethods),
            $"Split methods of more than {Method} lines:"
        );

    [Fact]
    public void Control_what_is_too_long_is_seen()
    {
        Assert.Single(LongFile(new("a.cs", string.Concat(Enumerable.Repeat("x\n", File + 1)))));
        Assert.Empty(LongFile(new("a.cs", string.Concat(Enumerable.Repeat("x\n", File)))));
        Assert.Single(LongLines(new("a.cs", new string('x', Line + 1))));
        Assert.Single(LongMethods(new("a.cs", $"class A {{ void B() {{ {new string('\n', Method)} }} }}")));
        Assert.Empty(LongMethods(new("a.cs", $"class A {{ void B() {{ {new string('\n', Method - 1)} }} }}")));
    }

    private static IEnumerable<string> LongFile(SourceFile file) =>
        file.Lines.Length > File ? [$"{file.Path}: {file.Lines.Length}"] : [];

    private static IEnumerable<string> LongLines(SourceFile file) =>
        file
            .Lines.Index()
            .Where(line => line.Item.Length > (file.Path.EndsWith(".razor") ? MarkupLine : Line))
            .Select(line => file.At(line.Index + 1));

    private static IEnumerable<string> LongMethods(SourceFile file) =>
        from node in file.Syntax().DescendantNodes()
        where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
        let span = node.GetLocation().GetLineSpan()
        let length = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where length > Method
        select $"{file.At(span.StartLinePosition.Line + 1)}: {length}";
}
