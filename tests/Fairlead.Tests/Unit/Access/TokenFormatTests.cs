using System.Text;
using Fairlead.Server.Access;

namespace Fairlead.Tests.Unit.Access;

public sealed class TokenFormatTests
{
    [Fact]
    public void What_is_made_is_well_formed_and_never_the_same()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => TokenFormat.Make()).ToList();
        Assert.All(tokens, token => Assert.True(TokenFormat.IsWellFormed(token)));
        Assert.Equal(tokens.Count, tokens.Distinct().Count());
    }

    [Fact]
    public void Any_changed_character_is_noticed()
    {
        var token = TokenFormat.Make();
        for (var i = 0; i < token.Length; i++)
        {
            var changed = new StringBuilder(token) { [i] = token[i] == 'x' ? 'y' : 'x' };
            Assert.False(TokenFormat.IsWellFormed(changed.ToString()), $"at {i}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("flt_")]
    [InlineData("ghp_00000000000000000000000000000000000000")]
    [InlineData("flt_0000000000000000000000000000000000000é")]
    public void What_is_no_token_is_not_one(string text) => Assert.False(TokenFormat.IsWellFormed(text));

    [Fact]
    public async Task Made_up_tokens_are_dropped_before_the_database_is_asked()
    {
        // No database at all: asking it would throw.
        var tokens = new ApiTokens(null!, TimeProvider.System);
        Assert.Null(await tokens.Find("flt_" + new string('a', 38), null, default));
        await Assert.ThrowsAsync<NullReferenceException>(() => tokens.Find(TokenFormat.Make(), null, default));
    }
}
