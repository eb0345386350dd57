using System.Text;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Checking;

namespace CodeExec.Core.Tests.Grading;

public sealed class CheckerTests
{
    public static TheoryData<string, CheckerSpec, string, string, Verdict> Cases { get; } = new()
    {
        { "same bytes", new CheckerSpec.Exact(), "a b\n", "a b\n", Verdict.Accepted },
        { "no last line end", new CheckerSpec.Exact(), "a b\n", "a b", Verdict.PresentationError },
        { "two blanks", new CheckerSpec.Exact(), "a b", "a  b", Verdict.PresentationError },
        { "another word", new CheckerSpec.Exact(), "a b", "a c", Verdict.WrongAnswer },
        { "too little", new CheckerSpec.Exact(), "a b c", "a b", Verdict.WrongAnswer },
        { "too much", new CheckerSpec.Exact(), "a b", "a b c", Verdict.WrongAnswer },
        { "blanks at ends of lines", new CheckerSpec.Trimmed(), "a\nb\n", "a  \nb \t\r\n\n\n", Verdict.Accepted },
        { "Windows line ends", new CheckerSpec.Trimmed(), "a\nb\n", "a\r\nb\r\n", Verdict.Accepted },
        { "empty line between", new CheckerSpec.Trimmed(), "a\nb", "a\n\nb", Verdict.PresentationError },
        { "blank before", new CheckerSpec.Trimmed(), "a", " a", Verdict.PresentationError },
        { "joined words", new CheckerSpec.Trimmed(), "a b", "ab", Verdict.WrongAnswer },
        { "nothing for nothing", new CheckerSpec.Trimmed(), "", "\n \n", Verdict.Accepted },
        { "nothing for something", new CheckerSpec.Trimmed(), "x", "", Verdict.WrongAnswer },
        { "other white space", new CheckerSpec.Tokens(), "1 2\n3", "1\n\n2\t3\n", Verdict.Accepted },
        { "another order", new CheckerSpec.Tokens(), "1 2", "2 1", Verdict.WrongAnswer },
        { "a word more", new CheckerSpec.Tokens(), "1 2", "1 2 3", Verdict.WrongAnswer },
        { "a word less", new CheckerSpec.Tokens(), "1 2", "1", Verdict.WrongAnswer },
        { "large letters", new CheckerSpec.Tokens(), "yes", "YES", Verdict.WrongAnswer },
        { "large letters allowed", new CheckerSpec.Tokens(IgnoreCase: true), "yes Ä", "YES ä", Verdict.Accepted },
        { "near", new CheckerSpec.Floats(1e-6, 0), "3.1415926", "3.1415930", Verdict.Accepted },
        { "not near enough", new CheckerSpec.Floats(1e-6, 0), "3.1415926", "3.1416", Verdict.WrongAnswer },
        { "near for its size", new CheckerSpec.Floats(0, 1e-6), "1e12", "1000000000001", Verdict.Accepted },
        { "near zero only absolutely", new CheckerSpec.Floats(0, 1e-6), "0", "1e-9", Verdict.WrongAnswer },
        { "words among numbers", new CheckerSpec.Floats(1e-3, 0), "x = 0.5", "x = 0.5001", Verdict.Accepted },
        { "other words among numbers", new CheckerSpec.Floats(1e-3, 0), "x = 0.5", "y = 0.5", Verdict.WrongAnswer },
        { "not a number as C writes it", new CheckerSpec.Floats(1e9, 1), "-nan", "nan", Verdict.Accepted },
        { "infinity is near nothing", new CheckerSpec.Floats(1e9, 1), "1", "inf", Verdict.WrongAnswer },
        { "a number is not near infinity", new CheckerSpec.Floats(1e9, 1), "inf", "1e300", Verdict.WrongAnswer },
        { "whole numbers beyond a double", new CheckerSpec.Floats(1e-6, 0), "9007199254740993", "9007199254740992", Verdict.WrongAnswer },
        { "just as far as allowed", new CheckerSpec.Floats(0.1, 0), "0.3", "0.4", Verdict.Accepted },
        { "hexadecimal is no number here", new CheckerSpec.Floats(100, 0), "16", "0x10", Verdict.WrongAnswer },
        { "lines in another order", new CheckerSpec.UnorderedLines(), "a\nb\nb\n", "b \n\na\nb", Verdict.Accepted },
        { "a line once too often", new CheckerSpec.UnorderedLines(), "a\nb", "a\nb\nb", Verdict.WrongAnswer },
        { "a line not often enough", new CheckerSpec.UnorderedLines(), "a\nb\nb", "a\nb", Verdict.WrongAnswer },
        { "a line in large letters", new CheckerSpec.UnorderedLines(), "a b", "A b", Verdict.WrongAnswer },
        { "a line in large letters, allowed", new CheckerSpec.UnorderedLines(IgnoreCase: true), "a b\nä", "Ä\nA B", Verdict.Accepted },
        { "words in another order", new CheckerSpec.UnorderedTokens(), "a b\nb c", "c b\tb\na", Verdict.Accepted },
        { "a word once too often", new CheckerSpec.UnorderedTokens(), "a b", "a b b", Verdict.WrongAnswer },
        { "words in large letters, allowed", new CheckerSpec.UnorderedTokens(IgnoreCase: true), "a b", "B A", Verdict.Accepted },
        { "somewhere", new CheckerSpec.Contains(), "needle\n", "hay needle hay", Verdict.Accepted },
        { "nowhere", new CheckerSpec.Contains(), "needle", "needl", Verdict.WrongAnswer },
        { "pattern", new CheckerSpec.Regex("^total: \\d+$"), "", "x\r\ntotal: 42\r\ny", Verdict.Accepted },
        { "no pattern", new CheckerSpec.Regex("^total: \\d+$"), "", "total: many", Verdict.WrongAnswer },
        { "pattern that looks back", new CheckerSpec.Regex("(a)\\1"), "", "aa", Verdict.Accepted },
        { "same JSON", new CheckerSpec.Json(), """{"a":1,"b":[1.0,2]}""", """ { "b": [1, 2.00], "a": 1e0 } """, Verdict.Accepted },
        { "other JSON", new CheckerSpec.Json(), """{"a":[1,2]}""", """{"a":[2,1]}""", Verdict.WrongAnswer },
        { "no JSON", new CheckerSpec.Json(), "[]", "[", Verdict.WrongAnswer },
        { "half a character", new CheckerSpec.Json(), "\"x\"", "\"\\ud800\"", Verdict.WrongAnswer },
        { "half a character in a name", new CheckerSpec.Json(), """{"x":1}""", """{"\ud800":1}""", Verdict.WrongAnswer },
        { "the same half character", new CheckerSpec.Json(), "\"\\ud800\"", "\"\\ud800\"\n", Verdict.Accepted },
        { "an exponent past all counting", new CheckerSpec.Json(), "1", "1e99999999999", Verdict.WrongAnswer },
        { "author's mistake", new CheckerSpec.Json(), "[", "[]", Verdict.CheckerError },
    };

    public static TheoryData<CheckerSpec, byte[], byte[]> NoTexts { get; } = new()
    {
        { new CheckerSpec.Tokens(IgnoreCase: true), [0xff], [0xfe] },
        { new CheckerSpec.UnorderedTokens(IgnoreCase: true), [0xff], [0xfe] },
        { new CheckerSpec.Json(), "\"x\""u8.ToArray(), [(byte)'"', 0xff, (byte)'"'] },
        { new CheckerSpec.Json(), "{\"x\":1}"u8.ToArray(), [(byte)'{', (byte)'"', 0xff, .. "\":1}"u8] },
    };

    [Theory]
    [MemberData(nameof(NoTexts))]
    public void For_BytesThatAreNoText_AreWrong(CheckerSpec checker, byte[] expected, byte[] output)
    {
        OutputCheck check = OutputCheck.For(checker, expected);
        check.Add(output);

        Assert.Equal(Verdict.WrongAnswer, check.Complete().Verdict);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void For_ExpectedAndOutput_HasTheVerdict(string why, CheckerSpec checker, string expected, string output, Verdict verdict)
    {
        CheckResult result = Check(checker, expected, Encoding.UTF8.GetBytes(output), int.MaxValue);

        Assert.True(verdict == result.Verdict, $"{why}: {result}");
        Assert.Equal(verdict == Verdict.Accepted ? 1 : 0, result.Fraction);
    }

    /// <summary>How a pipe happened to part an output must not matter.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void For_OutputInPiecesOfAnySize_HasTheSameVerdict(string why, CheckerSpec checker, string expected, string output, Verdict verdict)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(output);
        for (int size = 1; size <= 5; size++)
        {
            CheckResult result = Check(checker, expected, bytes, size);
            Assert.True(verdict == result.Verdict, $"{why}, {size} bytes at a time: {result}");
        }
    }

    [Fact]
    public void For_RandomOutputs_TheStricterCheckerNeverAcceptsWhatALaxerOneRefuses()
    {
        Random random = new(17);
        for (int i = 0; i < 2000; i++)
        {
            string expected = RandomText(random), output = random.Next(2) == 0 ? Disturb(random, expected) : RandomText(random);
            bool Accepts(CheckerSpec checker) => Check(checker, expected, Encoding.UTF8.GetBytes(output), random.Next(1, 9)).Verdict == Verdict.Accepted;

            bool exact = Accepts(new CheckerSpec.Exact()), trimmed = Accepts(new CheckerSpec.Trimmed()), tokens = Accepts(new CheckerSpec.Tokens());
            string case_ = $"expected <{expected}>, output <{output}>";
            Assert.True(!exact || trimmed, case_);
            Assert.True(!trimmed || tokens, case_);
            Assert.True(!tokens || Accepts(new CheckerSpec.Tokens(true)), case_);
            Assert.True(!tokens || Accepts(new CheckerSpec.Floats(0, 0)), case_);
            Assert.True(!trimmed || Accepts(new CheckerSpec.UnorderedLines()), case_);
            Assert.Equal(expected == output, exact);
            Assert.Equal(Reference.Trimmed(expected) == Reference.Trimmed(output), trimmed);
            Assert.Equal(Reference.Tokens(expected).SequenceEqual(Reference.Tokens(output)), tokens);
        }
    }

    [Fact]
    public void For_RegexThatNeverEnds_IsTheCheckersFault()
    {
        CheckResult result = Check(new CheckerSpec.Regex("^(?=(a|aa)+$)a"), "", Encoding.UTF8.GetBytes(new string('a', 100) + "!"), int.MaxValue);

        Assert.Equal(Verdict.CheckerError, result.Verdict);
    }

    [Fact]
    public void For_OutputOfManyMegabytes_NeedsNoMemoryForIt()
    {
        byte[] line = Encoding.UTF8.GetBytes("123456 789\n");
        byte[] expected = [.. Enumerable.Repeat(line, 100_000).SelectMany(bytes => bytes)];
        OutputCheck check = OutputCheck.For(new CheckerSpec.Tokens(), expected);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int at = 0; at < expected.Length; at += 32768)
        {
            check.Add(expected.AsSpan(at, Math.Min(32768, expected.Length - at)));
        }

        Assert.Equal(Verdict.Accepted, check.Complete().Verdict);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    [Fact]
    public void For_EndlessWord_IsGivenUpEarly()
    {
        OutputCheck check = OutputCheck.For(new CheckerSpec.Floats(1, 1), "1"u8.ToArray());
        byte[] piece = new byte[32768];
        Array.Fill(piece, (byte)'9');
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            check.Add(piece);
        }

        Assert.Equal(Verdict.WrongAnswer, check.Complete().Verdict);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 128 * 1024);
    }

    [Theory]
    [InlineData("points 3.5 well done", 3.5, "well done")]
    [InlineData("0.25", 0.25, "")]
    [InlineData("  7\nline", 7, "line")]
    public void Read_PointsOfAChecker_AreANumberAndItsWords(string text, double points, string message)
        => Assert.Equal(((decimal)points, message), PointsText.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("points")]
    [InlineData("points many")]
    [InlineData("NaN")]
    public void Read_NoPoints_IsNothing(string text) => Assert.Null(PointsText.Read(text));

    private static CheckResult Check(CheckerSpec checker, string expected, byte[] output, int size)
    {
        OutputCheck check = OutputCheck.For(checker, Encoding.UTF8.GetBytes(expected));
        for (int at = 0; at < output.Length; at += Math.Min(size, output.Length))
        {
            check.Add(output.AsSpan(at, Math.Min(size, output.Length - at)));
        }

        return check.Complete();
    }

    private static string RandomText(Random random)
        => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "ab1. \n\t"[random.Next(7)]));

    private static string Disturb(Random random, string text)
        => text.Insert(random.Next(text.Length + 1), random.Next(3) switch { 0 => " ", 1 => "\n", _ => "" });

    /// <summary>The same rules written in the plainest way.</summary>
    private static class Reference
    {
        public static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n');

        public static string[] Tokens(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }
}
