using CodeExec.Core.SourceCode;
using CodeExec.Core.Suggestions;
using CodeExec.Core.Suggestions.Inputs;

namespace CodeExec.Core.Tests.Suggestions;

public sealed class RulesSuggesterTests
{
    [Theory]
    [InlineData("input: 3 4, output: 7", "3 4", "7")]
    [InlineData("Input: \"3 4\" Output: \"7\".", "3 4", "7")]
    [InlineData("For example `3 4` → `7`.", "3 4", "7")]
    [InlineData("3 4 => 7", "3 4", "7")]
    [InlineData("It prints \"even\" for \"4\".", "4", "even")]
    [InlineData("Given \"4\", the program prints \"even\"", "4", "even")]
    [InlineData("### Sample Input 1\n```\n2\n1 2\n```\n### Sample Output 1\n```\n3\n```\n", "2\n1 2\n", "3\n")]
    [InlineData("**Input:**\n\n5\n\n**Output:**\n\n120\n", "5\n", "120\n")]
    public void Suggest_ExampleInAStatement_IsATestWithItsAnswer(string statement, string stdin, string expected)
    {
        SuggestedTest example = RulesSuggester.Suggest(new() { Statement = statement }).First(one => one.Kind == SuggestionKinds.Example);

        Assert.Equal((stdin, expected, RulesSuggester.FromSpecification), (example.Stdin, example.Expected, example.ExpectedFrom));
        Assert.Empty(example.Missing);
    }

    [Theory]
    [InlineData("1 ≤ n ≤ 100", "1,100,0,101")]
    [InlineData("$1 \\le n \\leq 10^{5}$", "1,100000,0,100001")]
    [InlineData("0 < x < 2·10⁹", "1,1999999999,0,2000000000")]
    [InlineData("a number between 18 and 65", "18,65,17,66")]
    [InlineData("people older than 17 pay", "18,17")]
    [InlineData("at most 1,000 of it", "1000,1001")]
    [InlineData("at least -3 of it", "-3,-4")]
    [InlineData("x is 3..9", "3,9,2,10")]
    [InlineData("65 or older", "65,64")]
    [InlineData("65 and older pay less", "65,64")]
    [InlineData("it answers in at most 2 seconds", "")]
    [InlineData("between 9 and 3", "")]
    public void Suggest_BoundInACriterion_IsTriedAtAndJustOutside(string text, string values)
    {
        SuggestionRequest request = new() { Criteria = [new() { Id = "AC1", Text = text }] };

        SuggestedTest[] boundaries = [.. RulesSuggester.Suggest(request).Where(one => one.Kind == SuggestionKinds.Boundary)];

        Assert.Equal(values, string.Join(',', boundaries.Select(one => one.Stdin)));
        Assert.All(boundaries, one => Assert.Equal(["AC1"], one.RequirementIds));
        Assert.All(boundaries, one => Assert.Equal(["expected"], one.Missing));
    }

    [Theory]
    [InlineData("3 4", "100 4|100 100")]
    [InlineData("add 3 4\n", "add 100 4\n|add 100 100\n")]
    [InlineData("7", "100")]
    [InlineData("[3, 4]", "[100, 4]")]
    public void Suggest_BoundAndATest_TheInputHasTheFormOfTheTest(string known, string inputs)
    {
        SuggestionRequest request = new() { Criteria = [new() { Id = "AC1", Text = "at most 100" }], Tests = [Test(known)] };

        IEnumerable<string> found = RulesSuggester.Suggest(request).Where(one => one.Kind == SuggestionKinds.Boundary && !one.Why.Contains("outside", StringComparison.Ordinal)).Select(one => one.Stdin);

        Assert.Equal(inputs, string.Join('|', found));
    }

    [Fact]
    public void Suggest_BoundOfACount_TheListHasSoManyValues()
    {
        SuggestionRequest request = new() { Statement = "1 <= n <= 5", Tests = [Test("3\n1 2 3\n"), Test("2\n9 9\n", "2")] };

        string[] found = [.. RulesSuggester.Suggest(request).Where(one => one.Kind == SuggestionKinds.Boundary).Select(one => one.Stdin)];

        Assert.Equal([1, 5, 0, 6], found.Select(input => input.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length - 1));
        Assert.All(found, input => Assert.Equal(input.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length - 1, int.Parse(input.Split('\n')[0], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("3 4", "empty,zero,negative,beyond32Bits,equal")]
    [InlineData("3\n1 2 3\n", "empty,single,equal,zero,negative,beyond32Bits,many")]
    [InlineData("some words", "empty,single,equal,unicode,spaces,many")]
    [InlineData("[1]", "empty,zero,negative,beyond32Bits,many")]
    public void Suggest_FormOfTheTests_SaysWhichOddInputsThereAre(string known, string kinds)
    {
        IReadOnlyList<SuggestedTest> found = RulesSuggester.Suggest(new() { Tests = [Test(known)] });

        Assert.Equal(kinds, string.Join(',', found.Select(one => one.Kind)));
    }

    [Fact]
    public void Suggest_OddInputs_KeepTheForm()
        => Assert.Equal(["", "add 0 0\n", "add -3 4\n", "add 2147483648 4\n", "add 3 3\n"], RulesSuggester.Suggest(new() { Tests = [Test("add 3 4\n")] }).Select(one => one.Stdin));

    [Fact]
    public void Suggest_OddInputThatATestHas_IsNotSuggestedAgain()
        => Assert.DoesNotContain(RulesSuggester.Suggest(new() { Tests = [Test("3 4"), Test("0 -1", "2")] }), one => one.Kind is InputKinds.Zero or InputKinds.Negative);

    [Fact]
    public void Suggest_ValuesAreBound_NothingLiesFarOutside()
        => Assert.DoesNotContain(RulesSuggester.Suggest(new() { Statement = "1 <= x <= 100", Tests = [Test("3 4")] }), one => one.Kind is InputKinds.Zero or InputKinds.Negative or InputKinds.Beyond32Bits);

    [Fact]
    public void Suggest_InputComesAsArguments_SoDoSuggestions()
    {
        SuggestedTest zero = RulesSuggester.Suggest(new() { Tests = [new KnownTest("1", "", ["add", "3", "4"], "7", [])] }).First(one => one.Kind == InputKinds.Zero);

        Assert.Equal(["add", "0", "0"], zero.Args);
        Assert.Equal("", zero.Stdin);
    }

    [Fact]
    public void Suggest_CodePartsAtWordsAndNumbers_BothSidesAreSuggested()
    {
        const string Code = "op, a = input().split()\nif op == 'add':\n    print(a)\nelif op == \"mul\":\n    print(2)  # 500 > 499\nif int(a) >= 18:\n    print('x')\nprint(1 << 40)\n";
        SuggestionRequest request = new() { Language = "python", Files = [SourceFile.Read("main.py", "python", Code)], Tests = [Test("add 3")] };

        SuggestedTest[] branches = [.. RulesSuggester.Suggest(request).Where(one => one.Kind == SuggestionKinds.Branch)];

        Assert.Equal(["mul 3", "add 18", "add 17", "add 19"], branches.Select(one => one.Stdin));
        Assert.Contains("main.py:4", branches[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Suggest_RequirementThatNothingShows_IsLeftOpen()
    {
        SuggestedTest open = Assert.Single(RulesSuggester.Suggest(new() { Requirements = [new("R1", "is beautiful")] }));

        Assert.Equal((SuggestionKinds.Open, "stdin,expected", "R1"), (open.Kind, string.Join(',', open.Missing), open.RequirementIds[0]));
    }

    [Fact]
    public void Suggest_LongHostileText_ComesToAnEnd()
    {
        string text = string.Concat(Enumerable.Repeat("1 <= 1 <= \"' -> input: output: between 1 and 10^99 ", 2000));

        Assert.NotNull(RulesSuggester.Suggest(new() { Statement = text, Tests = [Test("3 4")] }));
    }

    private static KnownTest Test(string stdin, string id = "1") => new(id, stdin, [], "x", []);
}
