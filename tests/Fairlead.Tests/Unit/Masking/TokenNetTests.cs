using Fairlead.Core.Masking;

namespace Fairlead.Tests.Unit.Masking;

/// <summary>Keys nobody told us of are masked by their looks; ordinary words are not.</summary>
public sealed class TokenNetTests
{
    [Theory]
    [InlineData("token ghp_0123456789abcdefghijABCDEFGHIJ012345 end", "token *** end")]
    [InlineData("url https://x:glpat-abcdefghij0123456789@host/", "url https://x:***@host/")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "***")]
    [InlineData("jwt eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJqb2IifQ.c2lnbmF0dXJl!", "jwt ***!")]
    [InlineData("glpat-short", "glpat-short")]
    [InlineData("the flight_ghp_ is no token", "the flight_ghp_ is no token")]
    [InlineData("AKIAIOSFODNN7EXAMPLEANDMORE", "AKIAIOSFODNN7EXAMPLEANDMORE")]
    public void Known_prefixes_are_masked(string line, string expected) =>
        Assert.Equal(expected, new TokenNet().Mask(line));

    [Fact]
    public void A_private_key_is_masked_from_its_first_to_its_last_line()
    {
        var net = new TokenNet();
        string[] lines =
        [
            "cat key",
            "-----BEGIN OPENSSH PRIVATE KEY-----",
            "b3BlbnNzaC1rZXktdjEAAAAABG5vbmU",
            "-----END OPENSSH PRIVATE KEY-----",
            "done",
        ];
        Assert.Equal(["cat key", "***", "***", "***", "done"], lines.Select(net.Mask));
    }

    [Fact]
    public void A_certificate_is_no_secret() =>
        Assert.Equal("-----BEGIN CERTIFICATE-----", new TokenNet().Mask("-----BEGIN CERTIFICATE-----"));
}
