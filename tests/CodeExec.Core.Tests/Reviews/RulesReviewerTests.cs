using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Reviews;
using CodeExec.Core.SourceCode;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Compliance;

namespace CodeExec.Core.Tests.Reviews;

public sealed class RulesReviewerTests
{
    [Theory]
    [InlineData("python", "try:\n    f()\nexcept:\n    pass\n", "bare-except:3")]
    [InlineData("python", "try:\n    f()\nexcept ValueError:\n    pass\n", "swallowed-exception:3")]
    [InlineData("python", "def f(a=[]):\n    return a\n", "mutable-default:1")]
    [InlineData("python", "x = eval(input())\nprint(x)\n", "risky-call:1")]
    [InlineData("python", "import subprocess, os\nos.system('ls')\n", "risky-call:2")]
    [InlineData("python", "import re\nprint(1)\n", "unused-name:1")]
    [InlineData("python", "def f():\n    unused = 1\n    return 2\nf()\n", "unused-name:2")]
    [InlineData("python", "api_key = \"abcdef123456\"\nprint(api_key)\n", "secret-in-code:1")]
    [InlineData("javascript", "if (a == b) { f(); }\n", "loose-equality:1")]
    [InlineData("javascript", "try { f(); } catch (e) { }\n", "swallowed-exception:1")]
    [InlineData("javascript", "const x = 1;\n", "unused-name:1")]
    [InlineData("java", "if (s == \"a\") { }\n", "text-identity:1")]
    [InlineData("java", "try { f(); } catch (Exception e) { log(e); }\n", "broad-catch:1")]
    [InlineData("cpp", "int main() {\n  char b[9];\n  gets(b);\n}\n", "risky-call:3")]
    [InlineData("cpp", "int main() {\n  int n;\n  scanf(\"%d\", &n);\n}\n", "unchecked-input:3")]
    [InlineData("c", "int f(void) {\n  int *p = malloc(4);\n  p[0] = 1;\n  return p[0];\n}\n", "unchecked-allocation:2")]
    [InlineData("go", "func f() {\n\tx, _ := strconv.Atoi(s)\n\tuse(x)\n}\n", "ignored-error:2")]
    [InlineData("bash", "rm -rf $dir\n", "unquoted:1")]
    public void Review_Weakness_IsFoundInItsLine(string language, string code, string expected)
        => Assert.Contains(expected, Found(language, code));

    [Theory]
    [InlineData("python", "import sys\n\n\ndef add(a, b):\n    return a + b\n\n\nprint(add(*map(int, sys.stdin.read().split())))\n")]
    [InlineData("javascript", "const lines = require('fs').readFileSync(0, 'utf8').split('\\n');\nif (lines.length === 1) {\n  console.log(lines[0]);\n}\n")]
    [InlineData("cpp", "#include <iostream>\nint main() {\n  int a = 0;\n  if (!(std::cin >> a)) {\n    return 1;\n  }\n  std::cout << a << '\\n';\n}\n")]
    [InlineData("java", "import java.util.Scanner;\nclass Main {\n  public static void main(String[] args) {\n    System.out.println(new Scanner(System.in).nextInt());\n  }\n}\n")]
    [InlineData("go", "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tvar n int\n\tif _, err := fmt.Scan(&n); err != nil {\n\t\treturn\n\t}\n\tfmt.Println(n)\n}\n")]
    public void Review_SoundProgram_HasNothingToSay(string language, string code) => Assert.Empty(Found(language, code));

    [Fact]
    public void Review_ComplexFunction_IsFoundWithItsMeasure()
    {
        string code = "def f(x):\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"    if x == {i}:\n        return {i}\n")) + "print(f(1))\n";

        ReviewSuggestion found = Review("python", code).Suggestions.Single(one => one.Rule == "complex-function");

        Assert.Equal((1, SuggestionSeverity.Warning), (found.Line, found.Severity));
        Assert.Contains("13 ways", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Review_SecretInCode_IsNotRepeated()
        => Assert.DoesNotContain(Review("python", "password = 'hunter2-canary'\n").Suggestions, one => $"{one.Message}{one.Fix}".Contains("canary", StringComparison.Ordinal));

    [Fact]
    public void Review_SameCodeTwice_IsTheSameReview()
    {
        const string Code = "import os\nos.system(input())\ntry:\n    x = 1\nexcept:\n    pass\n";

        Assert.Equal(Review("python", Code).Suggestions, Review("python", Code).Suggestions);
    }

    [Fact]
    public void Review_ResultsOfTests_BecomeComplianceCorrectnessAndEdgeCases()
    {
        SpecificationContent specification = new()
        {
            Requirements = [new("R1", "adds"), new("R2", "subtracts")],
            Suite = new SubmittedSuite { Tests = [new() { Id = "t1", Stdin = new("0 -5"), RequirementIds = ["R1"] }, new() { Id = "t2", Stdin = new("7"), RequirementIds = ["R2"] }] },
        };
        ValidatedTest[] results =
        [
            new(new TestResult { Id = "t1", Verdict = Verdict.WrongAnswer, RequirementIds = ["R1"], WallMs = 10, CpuMs = 5, MemoryBytes = 100 }),
            new(new TestResult { Id = "t2", Verdict = Verdict.Accepted, RequirementIds = ["R2"], WallMs = 30, CpuMs = 5, MemoryBytes = 300 }),
        ];

        CodeReview review = RulesReviewer.Review(new("python", [SourceFile.Read("main.py", "python", "print(1)\n")], specification, results, []));

        Assert.Equal(50, review.SpecificationCompliance.Score);
        Assert.Equal([RequirementStatus.Failed, RequirementStatus.Met], review.SpecificationCompliance.Details.Select(one => one.Status));
        Assert.Equal(("partial", 1, 1), (review.ExecutionAnalysis.Correctness.Status, review.ExecutionAnalysis.Correctness.Passed, review.ExecutionAnalysis.Correctness.Failed));
        Assert.Equal((40, 20, 300L, "t2"), (review.ExecutionAnalysis.Performance.TotalWallMs, review.ExecutionAnalysis.Performance.AverageWallMs, review.ExecutionAnalysis.Performance.PeakMemoryBytes, review.ExecutionAnalysis.Performance.SlowestTest));
        Dictionary<string, string> edges = review.ExecutionAnalysis.EdgeCases.ToDictionary(one => one.Case, one => one.Status);
        Assert.Equal(("failing", "failing", "covered", "notCovered"), (edges["zero"], edges["negative number"], edges["a single value"], edges["empty input"]));
    }

    [Fact]
    public void Review_HiddenTest_NothingIsSaidOfItsInput()
    {
        SpecificationContent specification = new() { Suite = new SubmittedSuite { Tests = [new() { Id = "t1", Stdin = new("0"), Hidden = true }] } };

        CodeReview review = RulesReviewer.Review(new("python", [], specification, null, []));

        Assert.All(review.ExecutionAnalysis.EdgeCases, one => Assert.Equal("notCovered", one.Status));
    }

    private static CodeReview Review(string language, string code)
        => RulesReviewer.Review(new(language, [SourceFile.Read("main", language, code)], new SpecificationContent(), null, []));

    private static string[] Found(string language, string code) => [.. Review(language, code).Suggestions.Select(one => $"{one.Rule}:{one.Line}")];
}
