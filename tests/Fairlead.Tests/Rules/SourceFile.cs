using Fairlead.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fairlead.Tests.Rules;

/// <summary>One text file of the working tree.</summary>
/// <param name="Path">From the root, with slashes.</param>
public sealed record SourceFile(string Path, string Text)
{
    private static readonly string[] Binary = [".png", ".ico", ".woff2", ".gz", ".tar", ".db", ".jpg"];

    public string[] Lines { get; } = Text.TrimEnd('\n').Split('\n');

    public bool IsSource => Path.EndsWith(".cs") || Path.EndsWith(".razor");

    public bool IsGenerated => Path.Contains("/Migrations/");

    /// <summary>Where in it, for a message.</summary>
    public string At(int line) => $"{Path}:{line}";

    public SyntaxNode Syntax() =>
        CSharpSyntaxTree.ParseText(Text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();

    /// <summary>Every text file git tracks or would track.</summary>
    public static async Task<IReadOnlyList<SourceFile>> All() =>
        [
            .. from path in await RepositoryRoot.Files()
            where !Binary.Contains(System.IO.Path.GetExtension(path))
            select new SourceFile(path, File.ReadAllText(System.IO.Path.Combine(RepositoryRoot.Path, path))),
        ];

    /// <summary>Sources written by hand.</summary>
    public static async Task<IReadOnlyList<SourceFile>> Sources() =>
        [.. (await All()).Where(file => file is { IsSource: true, IsGenerated: false })];
}
