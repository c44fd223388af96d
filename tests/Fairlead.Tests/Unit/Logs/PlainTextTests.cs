using Fairlead.Runner.Logs;
using FsCheck;
using FsCheck.Fluent;

namespace Fairlead.Tests.Unit.Logs;

/// <summary>What strangers print cannot move a cursor, set a title or forge a line; colours survive.</summary>
public sealed class PlainTextTests
{
    [Theory]
    [InlineData("plain\ttext", "plain\ttext")]
    [InlineData("\e[31mred\e[0m and \e[1;38;5;196mmore\e[m", "\e[31mred\e[0m and \e[1;38;5;196mmore\e[m")]
    [InlineData("a\e[2Jb\e[10;10Hc\e[?25ld", "abcd")]
    [InlineData("a\e]0;title\ab\e]8;;http://x\e\\link\e]8;;\e\\c", "ablinkc")]
    [InlineData("a\ePq payload\e\\b\e_x\u009cc", "abc")]
    [InlineData("a\u009b31mb\u0085c\u009d0;t\ad", "abc0;td")]
    [InlineData("10%\r50%\r100%\r", "100%")]
    [InlineData("a\0b\bc\u007fd", "abcd")]
    [InlineData("abc\u202egnp.exe\u2066", "abcgnp.exe")]
    [InlineData("cut\e", "cut")]
    [InlineData("cut\e[31", "cut")]
    [InlineData("cut\e]0;never ended", "cut")]
    [InlineData("x\e[38;5;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1my", "xy")]
    public void Is_made_plain(string line, string expected) => Assert.Equal(expected, PlainText.Of(line));

    [Fact]
    public void No_line_keeps_a_control_character_but_tabs_and_colours()
    {
        var letters = Gen.Elements([
            .. "\e[]?;0159mHJP\\_^X\a\r\b\0\t abc\u009b\u009c\u009d\u0085\u202e".ToCharArray(),
        ]);
        var lines = Gen.Choose(0, 40).SelectMany(size => letters.ArrayOf(size)).Select(text => new string(text));
        Prop.ForAll(lines.ToArbitrary(), IsPlain).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    private static bool IsPlain(string line)
    {
        var plain = PlainText.Of(line);
        var bare = System.Text.RegularExpressions.Regex.Replace(plain, "\e\\[[0-9;:]*m", "");
        return bare.All(letter => letter == '\t' || !char.IsControl(letter)) && PlainText.Of(plain) == plain;
    }
}
