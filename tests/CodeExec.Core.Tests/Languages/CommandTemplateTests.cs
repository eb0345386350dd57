using CodeExec.Core.Languages;

namespace CodeExec.Core.Tests.Languages;

public class CommandTemplateTests
{
    private static readonly CommandValues Values = new()
    {
        Entry = "src/main.ts",
        Sources = ["a.ts", "b.ts"],
        CompileArguments = ["-x", "--y=1"],
        VersionArguments = ["-std=17"],
        MainClass = "a.Main",
        MemoryMb = 256,
    };

    [Theory]
    [InlineData("{entry}", "src/main.ts")]
    [InlineData("{stem}.js", "src/main.js")]
    [InlineData("{entryDir}", "./src")]
    [InlineData("-Xmx{memoryMb}m", "-Xmx256m")]
    [InlineData("{mainClass}", "a.Main")]
    [InlineData("{sources}", "a.ts|b.ts")]
    [InlineData("{compileArgs}", "-x|--y=1")]
    [InlineData("{versionArgs}", "-std=17")]
    [InlineData("plain", "plain")]
    public void Expand_APlaceholder_BecomesWholeArguments(string element, string expected)
        => Assert.Equal(["tool", .. expected.Split('|')], Parse("tool", element).Expand(Values));

    [Fact]
    public void Expand_AnEmptyList_LeavesNoArgument()
        => Assert.Equal(["tool", "end"], Parse("tool", "{compileArgs}", "end").Expand(Values with { CompileArguments = [] }));

    [Fact]
    public void Expand_AFileNamedLikeAnOption_IsStillAFile()
        => Assert.Equal(["tool", "./-rf.ts", "./--help.ts"], Parse("tool", "{entry}", "{sources}").Expand(Values with { Entry = "-rf.ts", Sources = ["--help.ts"] }));

    [Fact]
    public void EntryFolder_OfAnEntryAtTheTop_IsTheWorkspace() => Assert.Equal(".", (Values with { Entry = "main.go" }).EntryFolder);

    /// <summary>Whatever a name or an argument holds (placeholders, quotes, newlines), it arrives as it is and as one argument.</summary>
    [Fact]
    public void Expand_AnyText_ArrivesUnchangedAsOneArgument()
    {
        Random random = new(4711);
        const string Alphabet = "ab {}$`'\"\\;|&<>*?\n\tü{entry}{sources}-";
        CommandTemplate template = Parse("tool", "{entry}", "{sources}", "{compileArgs}", "{entry}:{memoryMb}");
        for (int i = 0; i < 1_000; i++)
        {
            string entry = "x" + AnyText();
            string[] sources = ["x" + AnyText(), "x" + AnyText()];
            string[] arguments = [AnyText(), AnyText(), AnyText()];

            IReadOnlyList<string> command = template.Expand(Values with { Entry = entry, Sources = sources, CompileArguments = arguments });

            Assert.Equal(["tool", entry, .. sources, .. arguments, $"{entry}:256"], command);
        }

        string AnyText() => new(random.GetItems<char>(Alphabet, random.Next(12)));
    }

    [Theory]
    [InlineData("{nothing}", "there is no {nothing}")]
    [InlineData("{}", "there is no {}")]
    [InlineData("{Entry}", "there is no {Entry}")]
    [InlineData("--all={sources}", "element of its own")]
    [InlineData("{sources}{compileArgs}", "element of its own")]
    public void Parse_AnImpossibleElement_SaysWhy(string element, string reason)
    {
        Assert.Null(CommandTemplate.Parse(["tool", element], out IReadOnlyList<string> mistakes));
        Assert.Contains(mistakes, mistake => mistake.Contains(reason, StringComparison.Ordinal));
    }

    private static CommandTemplate Parse(params string[] elements)
    {
        CommandTemplate? template = CommandTemplate.Parse(elements, out IReadOnlyList<string> mistakes);
        Assert.Empty(mistakes);
        return template!;
    }
}
