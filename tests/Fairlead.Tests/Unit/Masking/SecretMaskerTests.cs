using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Fairlead.Core.Masking;
using Fairlead.Core.Secrets;
using FsCheck;
using FsCheck.Fluent;

namespace Fairlead.Tests.Unit.Masking;

/// <summary>No declared form of a secret gets through, however the text is cut into pieces.</summary>
public sealed class SecretMaskerTests
{
    private static readonly ConcurrentDictionary<string, SecretMasker> Maskers = [];

    public static TheoryData<string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string>();
        foreach (var encoding in Encodings.All.Keys)
        foreach (var chunking in Encodings.Chunkings.Keys)
        foreach (var shape in Encodings.Shapes.Keys)
            cases.Add(encoding, chunking, shape);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_form_of_every_shape_is_masked_in_every_chunking(string encoding, string chunking, string shape)
    {
        var secret = Encodings.Shapes[shape];
        var form = Encodings.All[encoding](secret);
        var masked = Mask(MaskerOf(secret), $"before[{form}]after", chunking);

        Assert.Equal("before[***]after", masked.Replace("======", "").Replace("==]", "]").Replace("=]", "]"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("xy")]
    [InlineData("user:")]
    public void Base64_is_masked_at_every_offset(string before)
    {
        foreach (var secret in Encodings.Shapes.Values)
        {
            var text = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{before}{secret}tail"));
            var masked = MaskerOf(secret).Mask(text);
            Assert.Contains("***", masked);
            // One character of each edge mixes in the neighbours' bits; what is left is theirs.
            var edges = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{before}tail")).Length;
            Assert.True(masked.Length <= edges + 7, $"left too much of {text.Length}: {masked}");
        }
    }

    [Fact]
    public void Each_line_of_a_multi_line_secret_is_masked_alone() =>
        Assert.Equal("key ***", MaskerOf(Encodings.Shapes["pem"]).Mask("key q0p9s8d7f6g5h4j3k2"));

    [Fact]
    public void Wrapped_base64_is_masked_line_by_line()
    {
        var secret = Encodings.Shapes["long"];
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        var lines = text.Chunk(76).Select(line => new string(line)).Where(line => line.Length >= 8);
        Assert.All(lines, line => Assert.Equal("***", MaskerOf(secret).Mask(line).TrimEnd('=')));
    }

    [Fact]
    public void The_basic_blob_hides_the_user_too()
    {
        var blob = Convert.ToBase64String("someone:correct-horse"u8);
        var masker = new SecretMasker(SecretForms.Of(new Secret("correct-horse"), "someone"));
        Assert.Equal("Authorization: Basic ***", masker.Mask($"Authorization: Basic {blob}"));
    }

    [Fact]
    public void Overlapping_and_adjoining_secrets_become_one_mask()
    {
        var masker = new SecretMasker([.. Forms("abcdefgh"), .. Forms("efghijkl"), .. Forms("mnopqrst")]);
        Assert.Equal("<***>", masker.Mask("<abcdefghijklmnopqrst>"));
        foreach (var chunking in Encodings.Chunkings.Keys)
            Assert.Equal("<***>", Mask(masker, "<abcdefghijklmnopqrst>", chunking));
    }

    [Fact]
    public void Ordinary_text_is_the_same_instance()
    {
        const string text = "Step 3/7 : RUN dotnet build";
        Assert.Same(text, MaskerOf(Encodings.Shapes["token"]).Mask(text));
    }

    [Fact]
    public void Agrees_with_a_slow_search_on_random_text_and_cuts()
    {
        var letters = Gen.Elements('a', 'b', 'c');
        var word = Gen.Choose(4, 6).SelectMany(size => letters.ArrayOf(size)).Select(chars => new string(chars));
        var cases =
            from secrets in word.ArrayOf(3)
            from text in Gen.Choose(0, 60).SelectMany(size => letters.ArrayOf(size))
            from cut in Gen.Choose(1, 9)
            select (secrets, text: new string(text), cut);
        Prop.ForAll(
                cases.ToArbitrary(),
                input =>
                {
                    var masker = new SecretMasker(input.secrets.Select(Encoding.ASCII.GetBytes));
                    var pieces = Encoding.ASCII.GetBytes(input.text).Chunk(input.cut);
                    return Mask(masker, pieces) == Slow(input.text, input.secrets)
                        && masker.Mask(input.text) == Slow(input.text, input.secrets);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void A_large_secret_costs_little()
    {
        var masker = MaskerOf(Encodings.Shapes["long"]);
        Assert.Equal("a *** b", masker.Mask($"a {Encodings.Shapes["long"]} b"));
    }

    private static string Slow(string text, string[] secrets)
    {
        var hidden = new bool[text.Length];
        foreach (var secret in secrets)
            for (var at = text.IndexOf(secret); at >= 0; at = text.IndexOf(secret, at + 1))
                Array.Fill(hidden, true, at, secret.Length);
        // Findings that only touch are one mask, so any run of hidden letters is.
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
            if (!hidden[i])
                result.Append(text[i]);
            else if (i == 0 || !hidden[i - 1])
                result.Append("***");
        return result.ToString();
    }

    private static IReadOnlyList<byte[]> Forms(string secret) => SecretForms.Of(new Secret(secret));

    private static SecretMasker MaskerOf(string secret) =>
        Maskers.GetOrAdd(secret, value => new SecretMasker(Forms(value)));

    private static string Mask(SecretMasker masker, string text, string chunking) =>
        Mask(masker, Encodings.Chunkings[chunking](Encoding.UTF8.GetBytes(text)));

    private static string Mask(SecretMasker masker, IEnumerable<byte[]> pieces)
    {
        var output = new ArrayBufferWriter<byte>();
        var stream = masker.Stream();
        foreach (var piece in pieces)
            stream.Write(piece, output);
        stream.Finish(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
