using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fairlead.Tests.Rules;

/// <summary>Failures are the product's words: each code means one thing, and each sentence is one.</summary>
public sealed partial class FailureWords
{
    private sealed record Word(string Code, string Sentence, string At);

    [Fact]
    public async Task Codes_are_well_formed_and_unique()
    {
        var words = (await Failures()).SelectMany(Words).ToList();
        Assert.NotEmpty(words);
        Violations.None(Malformed(words), "A code is dotted and lower case, like connection.host-unknown:");
        Violations.None(Repeated(words), "One code means one thing, and stands in one method:");
    }

    [Fact]
    public async Task Sentences_end_with_a_full_stop() =>
        Violations.None(Unended((await Failures()).SelectMany(Words)), "A sentence ends with a full stop:");

    [Fact]
    public async Task Stand_together_in_failure_files()
    {
        var others = (await SourceFile.Sources()).Where(file =>
            file.Path.StartsWith("src/") && !file.Path.EndsWith("Failures.cs") && !file.Path.EndsWith("/Failure.cs")
        );
        Violations.None(
            others.SelectMany(Words).Select(word => $"{word.At}: {word.Code}"),
            "Move these to XFailures.cs:"
        );
    }

    [Fact]
    public void Control_bad_words_are_seen()
    {
        var words = Words(
                new(
                    "src/AFailures.cs",
                    """
                    static class AFailures
                    {
                        static Failure A() => new("a.good-one", "It is full.", 507);
                        static Failure B(string x) => new("a.good-one", $"No {x} here", 404) { Field = "x" };
                        static Failure C => new("Bad", "It is " + "bad.");
                        static Outcome<int> D() => new Failure("d.e", "Yes.");
                    }
                    """
                )
            )
            .ToList();
        Assert.Equal(4, words.Count);
        Assert.Single(Malformed(words));
        Assert.Single(Repeated(words));
        Assert.Single(Unended(words));
    }

    private static async Task<IEnumerable<SourceFile>> Failures() =>
        (await SourceFile.Sources()).Where(file => file.Path.StartsWith("src/") && file.Path.EndsWith("Failures.cs"));

    private static IEnumerable<string> Malformed(IEnumerable<Word> words) =>
        words.Where(word => !Code().IsMatch(word.Code)).Select(word => $"{word.At}: {word.Code}");

    private static IEnumerable<string> Repeated(IEnumerable<Word> words) =>
        words.GroupBy(word => word.Code).Where(same => same.Count() > 1).Select(same => string.Join(", ", same));

    private static IEnumerable<string> Unended(IEnumerable<Word> words) =>
        words.Where(word => !word.Sentence.EndsWith('.')).Select(word => $"{word.At}: {word.Sentence}");

    private static IEnumerable<Word> Words(SourceFile file) =>
        from creation in file.Syntax().DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()
        where MakesFailure(creation)
        let given = creation.ArgumentList?.Arguments
        where given is { Count: >= 2 } && given.Value[0].Expression is LiteralExpressionSyntax
        let code = ((LiteralExpressionSyntax)given.Value[0].Expression).Token.ValueText
        let line = creation.GetLocation().GetLineSpan().StartLinePosition.Line + 1
        select new Word(code, LastText(given.Value[1].Expression), file.At(line));

    private static bool MakesFailure(BaseObjectCreationExpressionSyntax creation) =>
        creation switch
        {
            ObjectCreationExpressionSyntax named => named.Type.ToString() == "Failure",
            _ => creation.Ancestors().OfType<MemberDeclarationSyntax>().FirstOrDefault() switch
            {
                MethodDeclarationSyntax method => method.ReturnType.ToString() == "Failure",
                PropertyDeclarationSyntax property => property.Type.ToString() == "Failure",
                FieldDeclarationSyntax field => field.Declaration.Type.ToString() == "Failure",
                _ => false,
            },
        };

    /// <summary>How the sentence ends, as far as the source tells: text of the last literal in it.</summary>
    private static string LastText(ExpressionSyntax sentence) =>
        sentence switch
        {
            LiteralExpressionSyntax literal => literal.Token.ValueText,
            BinaryExpressionSyntax sum => LastText(sum.Right),
            InterpolatedStringExpressionSyntax text => LastContent(text),
            _ => ".",
        };

    /// <summary>What ends in a value may end in anything; that it is a sentence is the value's matter.</summary>
    private static string LastContent(InterpolatedStringExpressionSyntax text) =>
        text.Contents.LastOrDefault() is InterpolatedStringTextSyntax last ? last.ToString() : ".";

    [GeneratedRegex(@"^[a-z][a-z0-9]*(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$")]
    private static partial Regex Code();
}
