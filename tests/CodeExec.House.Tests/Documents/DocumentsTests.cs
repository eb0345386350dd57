using System.Text.RegularExpressions;

namespace CodeExec.House.Tests.Documents;

public partial class DocumentsTests
{
    private static IEnumerable<string> Documents => Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal));

    private static string[] DecisionFiles => Documents.Where(file => file.StartsWith("docs/decisions/", StringComparison.Ordinal)).ToArray();

    public static TheoryData<string> Decisions => [.. DecisionFiles];

    [Fact]
    public void Links_OfAllDocuments_LeadSomewhere()
    {
        string[] broken = Documents.SelectMany(file => BrokenLinks(file, Repository.Read(file))).ToArray();

        Assert.True(broken.Length == 0, string.Join('\n', broken));
    }

    [Theory]
    [InlineData("see [this](no-such-file.md)", 1)]
    [InlineData("see [this](README.md#start) and [that](https://example.org) and [here](#there)", 0)]
    [InlineData("```\n[not](a-link.md)\n```", 0)]
    public void BrokenLinks_Texts_AreRecognised(string text, int expected) => Assert.Equal(expected, BrokenLinks("README.md", text).Count());

    [Theory]
    [MemberData(nameof(Decisions))]
    public void Decision_AnyOfThem_TellsContextChoiceAndCost(string file)
    {
        Assert.Matches(@"^docs/decisions/\d{4}-[a-z0-9-]+\.md$", file);
        Assert.Equal(["Choice", "Context", "Cost"], Parts().Matches(Repository.Read(file)).Select(match => match.Groups["part"].Value).Select(part => char.ToUpperInvariant(part[0]) + part[1..]).Distinct().Order());
    }

    [Fact]
    public void Decisions_AllOfThem_HaveNumbersOfTheirOwn()
        => Assert.Empty(DecisionFiles.Select(file => Path.GetFileName(file)[..4]).GroupBy(number => number).Where(same => same.Count() > 1).Select(same => same.Key));

    private static IEnumerable<string> BrokenLinks(string file, string text)
        => Links().Matches(Fences().Replace(text, ""))
            .Select(match => match.Groups["to"].Value)
            .Where(to => !to.Contains("://", StringComparison.Ordinal) && !to.StartsWith('#') && !to.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(to => !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, Uri.UnescapeDataString(to.Split('#')[0]))))
            .Select(to => $"{file} links to {to}, which is not there.");

    [GeneratedRegex(@"\[[^\]\n]*\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex("^ *```.*?^ *```|`[^`\n]*`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"^(#+ |\*\*)(What it )?(?<part>Context|Choice|[Cc]ost)s?\b", RegexOptions.Multiline)]
    private static partial Regex Parts();
}
