using CodeExec.Cli.Text;

namespace CodeExec.Cli.Tests.Commands;

public sealed class TextTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("10s", 10_000)]
    [InlineData("3", 3000)]
    [InlineData("1.5m", 90_000)]
    [InlineData("1H", 3_600_000)]
    public void Durations_Parse_ReadsWhatPeopleWrite(string text, int ms) => Assert.Equal(TimeSpan.FromMilliseconds(ms), Durations.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("0s")]
    [InlineData("10 d")]
    [InlineData("1e9h")]
    public void Durations_Parse_OtherTextIsNone(string text) => Assert.Null(Durations.Parse(text));

    [Theory]
    [InlineData("512k", 512L << 10)]
    [InlineData("256MB", 256L << 20)]
    [InlineData("1.5g", 1536L << 20)]
    public void Sizes_Parse_ReadsWhatPeopleWrite(string text, long bytes) => Assert.Equal(bytes, Sizes.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("256")]
    [InlineData("-1m")]
    [InlineData("0k")]
    public void Sizes_Parse_OtherTextIsNone(string text) => Assert.Null(Sizes.Parse(text));

    [Theory]
    [InlineData("plain\ttext\n", "plain\ttext\n")]
    [InlineData("\e[0m\u0007\u009b\u007f", "\\x1b[0m\\x07\\x9b\\x7f")]
    [InlineData("a\rb\u202e", "a\\x0db\\x202e")]
    public void TerminalText_Escape_NothingSteersTheTerminal(string text, string safe) => Assert.Equal(safe, TerminalText.Escape(text));
}
