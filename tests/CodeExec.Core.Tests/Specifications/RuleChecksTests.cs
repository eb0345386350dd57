using CodeExec.Core.Grading;
using CodeExec.Core.SourceCode;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Specifications.Rules;

namespace CodeExec.Core.Tests.Specifications;

public sealed class RuleChecksTests
{
    private const string Code = "def add(a, b):\n    # eval(here) is a comment\n    if a > 0 and b > 0:\n        return a + b\n    return sum([a, b])\nprint('exec(x)')\n";

    [Theory]
    [InlineData(ValidationRuleType.RequiredText, "sum(", true)]
    [InlineData(ValidationRuleType.RequiredText, "comment", false)]
    [InlineData(ValidationRuleType.ForbiddenText, "sum(", false)]
    [InlineData(ValidationRuleType.ForbiddenCall, "sum", false)]
    [InlineData(ValidationRuleType.ForbiddenCall, "eval", true)]
    [InlineData(ValidationRuleType.ForbiddenCall, "exec", true)]
    [InlineData(ValidationRuleType.RequiredFunction, "add", true)]
    [InlineData(ValidationRuleType.RequiredFunction, "sum", false)]
    public void Check_Texts_CommentsAndQuotesAreNoCode(ValidationRuleType type, string text, bool passes)
        => Assert.Equal(passes, Check(new() { Id = "V", Type = type, Text = text }).Passed);

    [Theory]
    [InlineData(ValidationRuleType.RequiredPattern, @"return\s+sum", true)]
    [InlineData(ValidationRuleType.RequiredPattern, "while", false)]
    [InlineData(ValidationRuleType.ForbiddenPattern, @"^def add\(", false)]
    public void Check_Patterns_AreLookedForInTheCode(ValidationRuleType type, string pattern, bool passes)
        => Assert.Equal(passes, Check(new() { Id = "V", Type = type, Pattern = pattern }).Passed);

    [Theory]
    [InlineData(ValidationRuleType.MaxLines, 6, true)]
    [InlineData(ValidationRuleType.MaxLines, 5, false)]
    [InlineData(ValidationRuleType.MaxFunctionLines, 5, true)]
    [InlineData(ValidationRuleType.MaxFunctionLines, 4, false)]
    [InlineData(ValidationRuleType.MaxComplexity, 3, true)]
    [InlineData(ValidationRuleType.MaxComplexity, 2, false)]
    [InlineData(ValidationRuleType.MaxWallMs, 50, true)]
    [InlineData(ValidationRuleType.MaxWallMs, 49, false)]
    [InlineData(ValidationRuleType.MaxMemoryMb, 2, true)]
    [InlineData(ValidationRuleType.MaxMemoryMb, 1, false)]
    public void Check_Bounds_TheBoundItselfIsAllowed(ValidationRuleType type, int max, bool passes)
        => Assert.Equal(passes, Check(new() { Id = "V", Type = type, Max = max }).Passed);

    [Fact]
    public void Check_BrokenRule_SaysWhereInTheAuthorsWords()
        => Assert.Equal(
            "Add by hand (A call of 'sum' is not allowed: main.py line 5)",
            Check(new() { Id = "V", Type = ValidationRuleType.ForbiddenCall, Text = "sum", Message = "Add by hand" }).Message);

    private static RuleResult Check(ValidationRule rule)
        => RuleChecks.Check(rule, "python", [SourceFile.Read("main.py", "python", Code)], [new ValidatedTest(new TestResult { Id = "t", Verdict = Verdict.Accepted, WallMs = 50, MemoryBytes = 2 << 20 })]);
}
